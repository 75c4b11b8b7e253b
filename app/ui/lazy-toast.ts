import type { toast } from "sonner";

const { promise: shown, resolve: toasterShows } = Promise.withResolvers<void>();

export { toasterShows };

/** Says something by sonner without loading it with the page; once there is where to show it. */
export function withToast(say: (show: typeof toast) => void): void {
  void Promise.all([import("sonner"), shown]).then(([sonner]) => say(sonner.toast));
}
