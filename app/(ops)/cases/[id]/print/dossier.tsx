import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { instant } from "#app/format/time.ts";
import { noteParts } from "../../mention-text.ts";
import { timelineLines } from "../../timeline-lines.ts";
import { type CaseExport, dispositionLook } from "../../words.ts";
import { Facts } from "./fact-list.tsx";
import { PrintedPayment } from "./printed-payment.tsx";

/** Everything that was known of a case when it was decided, and since, for a reader who has only this paper. */
export function Dossier({ exported }: { exported: CaseExport }): ReactNode {
  const { case: row, payments, files, withheld } = exported;
  return (
    <div className="space-y-5">
      <header>
        <h1 className="text-lg">Case {row.number}</h1>
        <p>{verdictOf(row)}</p>
        <p className="text-xs text-muted">
          Exported by {exported.exportedBy} from Assay, {instant(exported.exportedAt)}. Times are UTC. Case{" "}
          {row.id}, version {row.version}.
        </p>
        {withheld !== null && <p className="mt-2 border border-line-strong p-2 font-medium">{withheld}</p>}
      </header>
      <section aria-label="The case">
        <Facts
          facts={[
            ["Opened", instant(row.openedAt)],
            ["Amount", money(row.amountMinor, row.currency)],
            [
              "Expected loss",
              row.expectedLossMinor === null ? "withheld" : money(row.expectedLossMinor, row.currency),
            ],
            ["Customer", row.customerId],
            ["Merchant", row.merchantId],
            ["Queue", row.queue?.name ?? "–"],
            ["Tags", row.tags.join(", ") || "–"],
          ]}
        />
      </section>
      {payments.map((payment, place) => (
        <PrintedPayment
          key={payment.id}
          payment={payment}
          heading={payments.length === 1 ? "Payment" : `Payment ${place + 1} of ${payments.length}`}
        />
      ))}
      <History exported={exported} />
      <section>
        <h2 className="text-sm">Files</h2>
        {files.length === 0 ? (
          <p className="text-muted">None.</p>
        ) : (
          <table>
            <caption className="sr-only">Files, told by their hashes</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Added</th>
                <th scope="col">Bytes</th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {files.map((file) => (
                <tr key={file.id}>
                  <td>{file.name}</td>
                  <td>
                    {instant(file.uploadedAt)}, {file.uploadedBy.name}
                  </td>
                  <td>{file.sizeBytes}</td>
                  <td>{file.sha256}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function verdictOf({ status, disposition, closedBy, closedAt }: CaseExport["case"]): string {
  if (status !== "closed") return "Open: no verdict was given yet.";
  const word = disposition === null ? "" : ` as ${dispositionLook[disposition].word.toLowerCase()}`;
  return `Closed${word}${closedBy === null ? "" : ` by ${closedBy.name}`}${closedAt === null ? "" : `, ${instant(closedAt)}`}.`;
}

/** The timeline oldest first, as paper is read; labels stand with their payments. */
function History({ exported }: { exported: CaseExport }): ReactNode {
  const { case: row, timeline } = exported;
  const lines = timelineLines({
    openedAt: row.openedAt,
    origin: row.origin,
    timeline,
    labels: [],
  }).toReversed();
  return (
    <section>
      <h2 className="text-sm">Timeline and notes</h2>
      <table>
        <caption className="sr-only">Timeline, oldest first</caption>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row" className="w-52 whitespace-nowrap">
                {instant(line.at)}
              </th>
              <td>
                {line.says}
                {line.part !== null && ` (payment ${line.part.transactionId}, case ${line.part.number})`}
                {line.text !== null && (
                  <p className="whitespace-pre-wrap">
                    {noteParts(line.text, line.mentions)
                      .map((part) => part.text)
                      .join("")}
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
