import type { LinkedEntity } from "./words.ts";

type Side = "left" | "middle" | "right" | "outside";

export type GraphNode = {
  readonly key: string;
  readonly side: Side;
  /** of its middle, in pixels */
  readonly y: number;
};

export type EntityNode = GraphNode & { readonly entity: LinkedEntity };
export type OtherNode = GraphNode & {
  readonly customerId: string;
  readonly payments: number;
  readonly frauds: number;
};

export type GraphEdge = { readonly from: GraphNode; readonly to: GraphNode; readonly isFraud: boolean };

export type GraphLayout = {
  readonly height: number;
  readonly middle: GraphNode;
  readonly entities: readonly EntityNode[];
  readonly others: readonly OtherNode[];
  readonly edges: readonly GraphEdge[];
};

/** How far apart the middles of two nodes in a column are. */
const STEP = 44;
const OTHER_STEP = 30;

/**
 * Where the nodes of a case's graph stand: the case in the middle, its customers and merchants at the left, its cards,
 * devices and addresses at the right, and outside these the other customers who used them, each once. The same links
 * always give the same picture.
 */
export function graphLayout(links: readonly LinkedEntity[]): GraphLayout {
  const left = links.filter(({ kind }) => kind === "customer" || kind === "merchant");
  const right = links.filter(({ kind }) => kind !== "customer" && kind !== "merchant");
  const merged = mergeOthers(right);
  const height = Math.max(left.length * STEP, right.length * STEP, merged.length * OTHER_STEP, STEP) + 8;
  const middle: GraphNode = { key: "case", side: "middle", y: height / 2 };
  const entities = [...column(left, "left", height), ...column(right, "right", height)];
  const others = merged.map((other, place) => ({
    ...other,
    key: `customer ${other.customerId}`,
    side: "outside" as const,
    y: height / 2 + (place - (merged.length - 1) / 2) * OTHER_STEP,
  }));
  const inner = entities.map((to) => ({ from: middle, to, isFraud: to.entity.frauds > 0 }));
  const outer = entities.flatMap((from) =>
    from.entity.others.flatMap(({ customerId, frauds }) => {
      const to = others.find((other) => other.customerId === customerId);
      return to === undefined ? [] : { from, to, isFraud: frauds > 0 };
    }),
  );
  return { height, middle, entities, others, edges: [...inner, ...outer] };
}

function column(links: readonly LinkedEntity[], side: Side, height: number): EntityNode[] {
  return links.map((entity, place) => ({
    entity,
    key: `${entity.kind} ${entity.value}`,
    side,
    y: height / 2 + (place - (links.length - 1) / 2) * STEP,
  }));
}

type Merged = Pick<OtherNode, "customerId" | "payments" | "frauds">;

/** A customer linked twice stands once, with the larger of the counts, since the payments may be the same ones. */
function mergeOthers(links: readonly LinkedEntity[]): Merged[] {
  const byId = new Map<string, Merged>();
  for (const other of links.flatMap(({ others }) => others)) {
    const known = byId.get(other.customerId);
    byId.set(other.customerId, {
      customerId: other.customerId,
      payments: Math.max(other.payments, known?.payments ?? 0),
      frauds: Math.max(other.frauds, known?.frauds ?? 0),
    });
  }
  return [...byId.values()];
}
