"use client";
import type { ReactNode } from "react";
import type { TransactionDecision } from "./types.ts";

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 7 });

/** The vector that the model saw, as it was served. */
export function FeatureTable({ features }: Pick<TransactionDecision, "features">): ReactNode {
  if (features.length === 0) return null;
  const missing = features.filter((feature) => feature.value === null).length;
  return (
    <details>
      <summary className="font-semibold">
        {features.length} features as served
        <span className="font-normal text-muted">{missing > 0 && `, ${missing} missing`}</span>
      </summary>
      <table className="mt-2 w-full">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            <th scope="col" className="h-8 font-medium">
              Feature
            </th>
            <th scope="col" className="h-8 text-right font-medium">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <tr key={feature.name} className="border-b border-line last:border-0">
              <td className="py-1" title={feature.name}>
                {feature.text}
              </td>
              <td className="py-1 text-right whitespace-nowrap">
                {feature.value === null ? (
                  <span className="text-muted">missing</span>
                ) : (
                  number.format(feature.value)
                )}{" "}
                <span className="text-xs text-muted">{feature.unit}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
