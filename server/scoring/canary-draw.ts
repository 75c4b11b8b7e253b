import { drawOf } from "#server/domain/exploration.ts";

/** Whether a customer is drawn into a canary: always or never, and with a larger share whoever was in stays in. */
export function decidesInCanary(
  customerId: string,
  { seed, share }: { readonly seed: number; readonly share: number },
): boolean {
  return drawOf(`canary ${seed} ${customerId}`) < share;
}
