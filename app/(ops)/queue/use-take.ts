"use client";
import { useMutation } from "@tanstack/react-query";
import { plural } from "#app/format/number.ts";
import { useSession } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { withToast } from "#app/ui/lazy-toast.ts";

/** Makes nobody's cases one's own; says which stayed with others. */
export function useTake(onTaken: () => void) {
  const trpc = useTRPC();
  const { id: me } = useSession();
  const { mutate } = useMutation(
    trpc.case.assign.mutationOptions({
      onSuccess: ({ assigned, skipped }) => {
        const why = skipped.slice(0, 3).map((each) => each.why);
        const said = `${plural(assigned.length, "case is", "cases are")} yours.`;
        withToast((show) => show(said, { description: why.join(" ") }));
        onTaken();
      },
      onError: (error) => withToast((show) => show.error(`Nothing was taken. ${error.message}`)),
    }),
  );
  return { me, mutate };
}
