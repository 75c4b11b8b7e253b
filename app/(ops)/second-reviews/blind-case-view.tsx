import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { clock, dayShort } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { Stat } from "#app/ui/stat.tsx";
import { usualRange } from "../cases/usual-range.ts";
import { PastCard } from "./past-card.tsx";
import type { BlindCase } from "./types.ts";

/** The payment and the past around it: everything but what would sway a verdict. */
export function BlindCaseView({ blind }: { blind: BlindCase }): ReactNode {
  const { customer, currency } = blind;
  const range = usualRange(customer.usualFromMinor, customer.usualToMinor, currency);
  const facts = factsOf(blind);
  return (
    <>
      <Card>
        <div className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
          <Stat
            label="Amount"
            value={money(blind.amountMinor, currency)}
            note={range === null ? "first payment seen" : `usually ${range}`}
          />
          <Stat
            label="Paid"
            value={`${clock(blind.occurredAt).slice(0, 5)} UTC`}
            note={dayShort(blind.occurredAt)}
          />
          <Stat
            label="Where"
            value={blind.country ?? "–"}
            note={blind.channel?.replaceAll("_", " ") ?? "channel not sent"}
          />
          <Stat label="Kept for you until" value={`${clock(blind.claimedUntil).slice(0, 5)} UTC`} />
        </div>
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <PastCard of="customer" id={blind.customerId} history={customer} currency={currency} />
        <PastCard of="merchant" id={blind.merchantId} history={blind.merchant} currency={currency} />
        <Card title="Payment">
          {facts.length === 0 ? (
            <p className="text-muted">Nothing else was sent.</p>
          ) : (
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
              {facts.map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-muted">{name}</dt>
                  <dd className="truncate text-right">{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </Card>
      </div>
    </>
  );
}

function factsOf(blind: BlindCase): [name: string, value: string][] {
  const sent = [
    ["Card", blind.cardToken],
    ["Device", blind.deviceId],
    ["Address", blind.ip],
    ["Category", blind.merchantCategory],
  ] as const;
  return [
    ...sent.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])),
    ...Object.entries(blind.attributes).map(([name, value]): [string, string] => [name, String(value)]),
  ];
}
