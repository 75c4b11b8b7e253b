import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "#app/ui/card.tsx";
import type { CaseDetail } from "./words.ts";

/** Everything else that is known of the payment, out of the way until it is asked for. */
export function PaymentDetails({ detail }: { detail: CaseDetail }): ReactNode {
  const { payment, decision } = detail;
  const attributes = Object.entries(payment.attributes);
  const place =
    payment.latitude === null || payment.longitude === null
      ? null
      : `${payment.latitude}, ${payment.longitude}`;
  return (
    <Card title="Payment">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Item name="Id">
          <Link
            href={`/transactions?q=${encodeURIComponent(payment.id)}`}
            className="text-accent hover:underline"
          >
            {payment.id}
          </Link>
        </Item>
        {payment.merchantCategory !== null && <Item name="Category">{payment.merchantCategory}</Item>}
        {place !== null && <Item name="Place">{place}</Item>}
      </dl>
      {attributes.length > 0 && (
        <Fold title={`${attributes.length} attributes as sent`}>
          {attributes.map(([name, value]) => (
            <Item key={name} name={name}>
              {String(value)}
            </Item>
          ))}
        </Fold>
      )}
      {decision !== null && decision.features.length > 0 && (
        <Fold title={`${decision.features.length} features as served`}>
          {decision.features.map((feature) => (
            <Item key={feature.name} name={feature.text}>
              {feature.value === null ? "missing" : Number(feature.value.toPrecision(6)).toLocaleString("en")}
            </Item>
          ))}
        </Fold>
      )}
    </Card>
  );
}

function Item({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="truncate text-right">{children}</dd>
    </>
  );
}

function Fold({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <details className="mt-2">
      <summary className="text-accent">{title}</summary>
      <dl className="mt-1 grid max-h-72 grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 overflow-y-auto">
        {children}
      </dl>
    </details>
  );
}
