import Link from "next/link";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { entityWords, type LinkedEntity } from "./words.ts";

/** The graph's nodes and counts in rows. */
export function LinkedTable({ entities }: { entities: readonly LinkedEntity[] }): ReactNode {
  return (
    <table className="w-full">
      <caption className="sr-only">
        What shares a card, device, address, customer or merchant with this case
      </caption>
      <thead className="text-xs text-muted">
        <tr>
          {["Shared", "Other payments", "Customers", "Fraud"].map((name, at) => (
            <th
              key={name}
              scope="col"
              className={`h-7 font-medium whitespace-nowrap ${at === 0 ? "text-left" : "pl-3 text-right"}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entities.map((entity) => (
          <tr key={`${entity.kind} ${entity.value}`} className="border-t border-line">
            <td className="h-8 w-full max-w-0 truncate">
              <span className="text-muted">{entityWords[entity.kind]}</span>{" "}
              <Link
                href={`/transactions?q=${encodeURIComponent(entity.value)}`}
                className="text-accent underline underline-offset-2"
              >
                {entity.value}
              </Link>
              {entity.others.length > 0 && (
                <span className="text-xs text-muted">
                  {" "}
                  also {entity.others.map((o) => o.customerId).join(", ")}
                </span>
              )}
            </td>
            <td className="pl-3 text-right whitespace-nowrap">
              {count(entity.payments)}
              {entity.capped && "+"}
            </td>
            <td className="pl-3 text-right">{count(entity.customers)}</td>
            <td className={entity.frauds > 0 ? "pl-3 text-right text-decline" : "pl-3 text-right text-muted"}>
              {entity.frauds > 0 && "▲ "}
              {count(entity.frauds)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
