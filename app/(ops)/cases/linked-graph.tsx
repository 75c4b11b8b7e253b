import Link from "next/link";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { plural } from "#app/format/number.ts";
import { classNames } from "#app/ui/class-names.ts";
import { type GraphNode, graphLayout } from "./graph-layout.ts";
import { linkCounts, linkSentence } from "./link-words.ts";
import { type CaseDetail, entityWords, type LinkedEntity } from "./words.ts";

type LinkedGraphProps = { detail: CaseDetail; entities: readonly LinkedEntity[]; width: number };

/** Where the columns stand, as shares of the width: from, and how wide. */
const columns = {
  left: [0, 0.27],
  middle: [0.335, 0.12],
  right: [0.52, 0.25],
  outside: [0.83, 0.17],
} as const;

/** The case in the middle, what it was paid with around it, and who else used that. Tab goes through the nodes. */
export function LinkedGraph({ detail, entities, width }: LinkedGraphProps): ReactNode {
  const { height, middle, others, edges, entities: nodes } = graphLayout(entities);
  return (
    <div className="relative" style={{ height }}>
      <svg aria-hidden="true" className="absolute inset-0" width={width} height={height}>
        {edges.map(({ from, to, isFraud }) => (
          <path
            key={`${from.key} ${to.key}`}
            d={curve(from, to, width)}
            fill="none"
            stroke={isFraud ? "var(--decline)" : "var(--line-strong)"}
            strokeWidth={isFraud ? 1.5 : 1}
          />
        ))}
      </svg>
      <div
        className="absolute flex flex-col items-center justify-center rounded-md border-2 border-accent bg-surface text-center"
        style={{ ...box(middle), height: 44, top: middle.y - 22 }}
      >
        <span className="text-xs text-muted">Case {detail.number}</span>
        <span className="truncate text-xs font-medium">{money(detail.amountMinor, detail.currency)}</span>
      </div>
      <ul aria-label="What this case shares">
        {nodes.map((node) => (
          <li key={node.key} className="absolute" style={{ ...box(node), height: 38, top: node.y - 19 }}>
            <NodeLink
              value={node.entity.value}
              says={linkSentence(node.entity)}
              isFraud={node.entity.frauds > 0}
            >
              <span className="truncate">
                <span className="text-muted">{entityWords[node.entity.kind]}</span> {node.entity.value}
              </span>
              <Counts {...linkCounts(node.entity)} />
            </NodeLink>
          </li>
        ))}
        {others.map((node) => (
          <li key={node.key} className="absolute" style={{ ...box(node), height: 26, top: node.y - 13 }}>
            <NodeLink
              value={node.customerId}
              says={`Customer ${node.customerId} too: ${plural(node.payments, "payment")}, ${node.frauds} known as fraud`}
              isFraud={node.frauds > 0}
            >
              <span className="flex min-w-0 items-baseline gap-1">
                <span className="min-w-0 flex-1 truncate">{node.customerId}</span>
                {node.frauds > 0 && <span className="text-decline">▲{node.frauds}</span>}
              </span>
            </NodeLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

type NodeLinkProps = { value: string; says: string; isFraud: boolean; children: ReactNode };

function NodeLink({ value, says, isFraud, children }: NodeLinkProps): ReactNode {
  return (
    <Link
      href={`/transactions?q=${encodeURIComponent(value)}`}
      aria-label={says}
      title={says}
      className={classNames(
        "flex h-full flex-col justify-center rounded-md border bg-surface px-2 text-xs leading-4 hover:bg-hover",
        isFraud ? "border-decline" : "border-line-strong",
      )}
    >
      {children}
    </Link>
  );
}

function Counts({ payments, frauds }: { payments: string; frauds: string | null }): ReactNode {
  return (
    <span className="truncate text-muted">
      {payments}
      {frauds !== null && <span className="font-medium text-decline"> · {frauds}</span>}
    </span>
  );
}

function box({ side }: GraphNode): { left: string; width: string } {
  const [from, wide] = columns[side];
  return { left: `${from * 100}%`, width: `${wide * 100}%` };
}

/** From the side of one node to the side of the next, leaving and arriving level. */
function curve(from: GraphNode, to: GraphNode, width: number): string {
  const isLeftwards = to.side === "left";
  const [fromLeft, fromWide] = columns[from.side];
  const [toLeft, toWide] = columns[to.side];
  const x1 = (isLeftwards ? fromLeft : fromLeft + fromWide) * width;
  const x2 = (isLeftwards ? toLeft + toWide : toLeft) * width;
  const bend = (x1 + x2) / 2;
  return `M${x1} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${x2} ${to.y}`;
}
