"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import type { DecisionReplay } from "#server/domain/decision-replay.ts";

/** Carries the decision out again, from the served features, model, rules, lists and policy, and says what differs. */
export function Replay({ transactionId }: { transactionId: string }): ReactNode {
  const trpc = useTRPC();
  const replay = useQuery({
    ...trpc.transaction.replay.queryOptions(transactionId),
    enabled: false,
    retry: false,
  });
  return (
    <div className="mt-3 space-y-2">
      <Button onClick={() => void replay.refetch()} disabled={replay.isFetching}>
        {replay.isFetching ? "Deciding again…" : "Decide again from what was stored"}
      </Button>
      <div role="status">
        {replay.error !== null && <p className="text-decline">{replay.error.message} Nothing was changed.</p>}
        {replay.data !== undefined && <Outcome replay={replay.data} />}
      </div>
    </div>
  );
}

function Outcome({ replay }: { replay: DecisionReplay }): ReactNode {
  const { impossible, differences, features, milliseconds } = replay;
  if (impossible !== null) return <p className="text-muted">It cannot be decided again. {impossible}</p>;
  if (differences.length === 0)
    return (
      <p>
        <span aria-hidden="true">✓</span> The same score, bit for bit, and the same answer, byte for byte:
        from {features} stored features, in {milliseconds.toFixed(0)} ms.
      </p>
    );
  return (
    <table className="w-full text-left">
      <caption className="text-left text-decline">It came out otherwise:</caption>
      <thead>
        <tr className="text-muted">
          <th scope="col">Part</th>
          <th scope="col">As served</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ part, served, replayed }) => (
          <tr key={part} className="align-top">
            <th scope="row">{part}</th>
            <td className="break-all">{served}</td>
            <td className="break-all">{replayed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
