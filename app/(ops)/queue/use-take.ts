"use client";
import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useSession } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";

/** Makes nobody's cases one's own; says which stayed with others. */
export function useTake(onTaken: () => void) {
  const trpc = useTRPC();
  const { id: me } = useSession();
  const { mutate } = useMutation(
    trpc.case.assign.mutationOptions({
      onSuccess: ({ assigned, skipped }) => {
        const why = skipped.slice(0, 3).map((each) => each.why);
        toast(`${plural(assigned.length, "case is", "cases are")} yours.`, { description: why.join(" ") });
        onTaken();
      },
      onError: (error) => toast.error(`Nothing was taken. ${error.message}`),
    }),
  );
  return { me, mutate };
}
