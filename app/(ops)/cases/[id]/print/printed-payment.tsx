import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { score } from "#app/format/number.ts";
import { day, instant } from "#app/format/time.ts";
import { outcomeLook } from "#app/ui/outcome-badge.tsx";
import { sourceWords } from "../../timeline-lines.ts";
import type { CaseExport } from "../../words.ts";
import { Facts } from "./fact-list.tsx";

type Payment = CaseExport["payments"][number];
type Decision = NonNullable<Payment["decision"]>;

/** A payment as it was sent, how it was decided and by which versions, and what was known of it then and since. */
export function PrintedPayment({ payment, heading }: { payment: Payment; heading: string }): ReactNode {
  const { decision } = payment;
  return (
    <section className="space-y-3">
      <h2 className="text-sm">
        {heading}: {money(payment.amountMinor, payment.currency)}
      </h2>
      <Facts facts={sent(payment)} />
      {decision === null ? (
        <p className="text-muted">Its decision was not kept.</p>
      ) : (
        <Decided decision={decision} currency={payment.currency} />
      )}
      <Labels title="Labels known when it was decided" labels={payment.labelsThen} />
      <Labels title="Labels since" labels={payment.labelsSince} />
      {decision !== null && decision.features.length > 0 && <Features decision={decision} />}
    </section>
  );
}

function sent(payment: Payment): (readonly [string, ReactNode])[] {
  const { latitude, longitude, attributes } = payment;
  const facts: (readonly [string, ReactNode])[] = [
    ["Id", payment.id],
    ["Paid", instant(payment.occurredAt)],
    ["Received", instant(payment.receivedAt)],
    ["Customer", payment.customerId],
    ["Merchant", payment.merchantId],
    ["Card", payment.cardToken],
    ["Device", payment.deviceId],
    ["Address", payment.ip],
    ["Category", payment.merchantCategory],
    ["Channel", payment.channel],
    ["Country", payment.country],
    ["Place", latitude === null || longitude === null ? null : `${latitude}, ${longitude}`],
    ...Object.entries(attributes).map(([name, value]) => [name, String(value)] as const),
  ];
  return facts.filter(([, value]) => value !== null);
}

function Decided({ decision, currency }: { decision: Decision; currency: string }): ReactNode {
  const { opinion, model, policy, ruleSet } = decision;
  return (
    <div className="space-y-2">
      <h3 className="font-semibold">Decision</h3>
      <Facts
        facts={[
          ...(opinion === null
            ? [["Outcome, score, reasons, rules", "withheld"] as const]
            : [
                ["Outcome", outcomeLook[opinion.outcome].word] as const,
                [
                  "Score",
                  opinion.score === null ? (opinion.failure ?? "–") : score(opinion.score, 6),
                ] as const,
                ["Expected loss", money(opinion.expectedLossMinor, currency)] as const,
                ["Probability of review", score(opinion.propensity, 6)] as const,
              ]),
          [
            "Decided",
            `${instant(decision.scoredAt)}${decision.origin === "live" ? "" : ` (${decision.origin})`}`,
          ],
          ["Model", model === null ? "none" : `${model.number}, ${model.family.replaceAll("_", " ")}`],
          ["Trained on", model === null ? "–" : `${day(model.trainedFrom)} to ${day(model.trainedTo)}`],
          ["Model's hash", model?.artifactHash ?? "–"],
          ["Policy", policy.number],
          ["Rule set", ruleSet?.number ?? "none"],
          ["List revision", decision.listRevision ?? "–"],
          ["Feature set", decision.featureSetVersion],
        ]}
      />
      {opinion !== null && <Opinion opinion={opinion} />}
    </div>
  );
}

function Opinion({ opinion }: { opinion: NonNullable<Decision["opinion"]> }): ReactNode {
  return (
    <table>
      <caption className="sr-only">Reasons and rules</caption>
      <tbody>
        {opinion.reasons.map((reason) => (
          <tr key={reason.code}>
            <th scope="row" className="w-24">
              Reason
            </th>
            <td>{reason.text}</td>
            <td className="w-24">
              {reason.contribution > 0 ? "+" : ""}
              {reason.contribution.toFixed(2)}
            </td>
          </tr>
        ))}
        {opinion.rules.map((rule) => (
          <tr key={rule.id}>
            <th scope="row">Rule</th>
            <td>
              {rule.name}
              {rule.monitored && " (watching)"}
            </td>
            <td>{outcomeLook[rule.outcome].word}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Labels({ title, labels }: { title: string; labels: Payment["labelsThen"] }): ReactNode {
  return (
    <div>
      <h3 className="font-semibold">{title}</h3>
      {labels.length === 0 ? (
        <p className="text-muted">None.</p>
      ) : (
        <ul>
          {labels.map((label) => (
            <li key={label.seq}>
              {label.label} by {sourceWords[label.source]}, recorded {instant(label.recordedAt)}
              {label.effective && ", counts"}
              {label.withdrawnAt !== null && `, withdrawn ${instant(label.withdrawnAt)}`}
              {label.note !== null && `: ${label.note}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The vector that the score was made from, in the words and units of its definitions. */
function Features({ decision }: { decision: Decision }): ReactNode {
  return (
    <div>
      <h3 className="font-semibold">Features as served</h3>
      <div className="columns-1 gap-x-8 text-xs sm:columns-2 print:columns-2">
        {decision.features.map((feature) => (
          <div
            key={feature.name}
            className="flex break-inside-avoid justify-between gap-3 border-t border-line"
          >
            <span className="text-muted" title={feature.name}>
              {feature.text}
            </span>
            <span className="text-right">
              {feature.value === null ? "missing" : `${Number(feature.value.toPrecision(6))}`}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
