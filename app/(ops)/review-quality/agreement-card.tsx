import Link from "next/link";
import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { Stat } from "#app/ui/stat.tsx";
import { agreementWords, kappaWords } from "./reading.ts";
import type { ReviewQuality } from "./types.ts";

/** How far a second person, who saw neither score nor first verdict, says the same. */
export function AgreementCard({ agreement }: Pick<ReviewQuality, "agreement">): ReactNode {
  const { drawn, answered, needed, result } = agreement;
  const title =
    result === null
      ? `Not enough second reviews to tell how far people agree: ${count(answered)} of ${count(needed)}`
      : agreementWords(result.interval);
  return (
    <Card title={title}>
      <div className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Stat
          label="Cohen's kappa"
          value={result === null ? "–" : kappaWords(result.kappa, null)}
          note={
            result?.interval ? `95 %: ${kappaWords(result.kappa, result.interval)}` : `needs ${needed} pairs`
          }
          definition="Agreement beyond what each one's habits alone would give: 0 is chance, 1 is perfect. Each pair weighs one over the chance that its case was drawn."
        />
        <Stat
          label="Same verdict"
          value={percent(result?.observed ?? null)}
          note={result === null ? "of pairs, weighted" : `${percent(result.expected)} by chance alone`}
        />
        <Stat
          label="Second reviews"
          value={`${count(answered)} of ${count(drawn)}`}
          note={
            <Link href="/second-reviews" className="text-accent hover:underline">
              {count(drawn - answered)} still to do
            </Link>
          }
        />
        <Stat
          label="Worth as much as"
          value={result === null ? "–" : count(result.effectivePairs)}
          note="pairs of equal weight"
          definition="Kish's effective sample size: the square of the weights' sum over the sum of their squares."
        />
      </div>
    </Card>
  );
}
