import Link from "next/link";
import type { ReactNode } from "react";
import { count, plural } from "#app/format/number.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import type { CaseDetail } from "./words.ts";

const words = { card: "Same card", device: "Same device", ip: "Same address" } as const;

/** What else was paid with this card, on this device, from this address. */
export function Links({ links }: { links: CaseDetail["links"] }): ReactNode {
  return (
    <Card
      title="Linked payments"
      actions={<span className="text-xs text-muted">30 days before, and since</span>}
    >
      {links.length === 0 ? (
        <p className="text-muted">This payment came without a card token, device or address to link by.</p>
      ) : (
        <ul className="divide-y divide-line">
          {links.map((link) => (
            <li key={link.kind} className="flex items-start justify-between gap-3 py-2 first:pt-0 last:pb-0">
              <div className="min-w-0">
                <div className="flex gap-2">
                  <span className="whitespace-nowrap">{words[link.kind]}</span>
                  <Link
                    href={`/transactions?q=${encodeURIComponent(link.value)}`}
                    className="truncate text-accent hover:underline"
                  >
                    {link.value}
                  </Link>
                </div>
                <div className="text-xs text-muted">{saying(link)}</div>
              </div>
              {link.frauds > 0 ? (
                <Badge tone="decline" shape="▲">
                  {count(link.frauds)} fraud
                </Badge>
              ) : (
                <span className="text-xs whitespace-nowrap text-muted">no fraud known</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function saying(link: CaseDetail["links"][number]): string {
  if (link.payments === 0) return "No other payment";
  const payments = `${link.capped ? "More than " : ""}${plural(link.payments, "other payment")}`;
  const cards = link.kind === "card" ? "" : `, ${plural(link.cards, "card")}`;
  return `${payments} by ${plural(link.customers, "customer")}${cards}`;
}
