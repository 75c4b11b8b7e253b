import type { ReactNode } from "react";

export type Changed = {
  readonly name: string;
  /** null where there was nothing, or where it is no longer known */
  readonly before: ReactNode;
  readonly after: ReactNode;
};

/** What a change makes of what there is now, line by line. */
export function BeforeAfter({ rows, answered }: { rows: readonly Changed[]; answered: boolean }): ReactNode {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse">
        <caption className="sr-only">What would change</caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            <th scope="col" className="h-8 pr-4 font-medium">
              What
            </th>
            {!answered && (
              <th scope="col" className="h-8 pr-4 font-medium">
                Now
              </th>
            )}
            <th scope="col" className="h-8 font-medium">
              {answered ? "Asked for" : "Then"}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-b border-line align-top last:border-0">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal text-muted">
                {row.name}
              </th>
              {!answered && <td className="py-1.5 pr-4">{row.before ?? "–"}</td>}
              <td className="py-1.5 font-medium">{row.after ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
