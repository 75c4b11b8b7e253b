import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { outcomes } from "#server/domain/outcome.ts";
import { createMetrics } from "./metrics.ts";
import { problemKinds, problemOf } from "./problems.ts";

const deploy = resolve(import.meta.dirname, "../../deploy");
const read = (path: string): string => readFileSync(`${deploy}/${path}`, "utf8");
const registry = createMetrics({
  queueDepth: () => 0,
  storeSize: () => 0,
  storeBytes: () => 0,
  ready: () => true,
}).registry;

/** Labels of every series that a scrape may hold: those of the metric, and those that Prometheus adds. */
const known = new Map<string, ReadonlySet<string>>([["up", new Set(["instance", "job"])]]);
for (const { name, type, values } of await registry.getMetricsAsJSON()) {
  const own = registry.getSingleMetric(name);
  const declared = own !== undefined && "labelNames" in own ? (own.labelNames as readonly string[]) : [];
  const labels = [...declared, ...values.flatMap((value) => Object.keys(value.labels)), "instance", "job"];
  if (String(type) !== "histogram") known.set(name, new Set(labels));
  else for (const end of ["bucket", "sum", "count"]) known.set(`${name}_${end}`, new Set([...labels, "le"]));
}

/** Values that a label takes, where they are few and known. */
const labelValues: Record<string, readonly string[]> = {
  stage: ["queue", "lookup", "features", "model", "commit", "total"],
  outcome: outcomes,
  failed: ["true", "false"],
  kind: problemKinds.map((kind) => problemOf(kind).type.replace(/^.*:/, "")),
  job: ["assay-scoring"],
};

type Panel = {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
};
const dashboard = JSON.parse(read("grafana/assay-scoring.json")) as {
  panels: (Panel & { id: number; gridPos: { x: number; y: number; w: number; h: number } })[];
};
const rules = read("prometheus/assay-rules.yml");
const recorded = [...rules.matchAll(/^ +- record: (\S+)$/gm)].map(([, name = ""]) => name);
const ruleExpressions = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, text = ""]) => text);
const panelExpressions = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr] as const),
);

/** What is wrong with the names in a PromQL expression. */
function faultsOf(expression: string): string[] {
  const faults: string[] = [];
  const labels = new Set<string>();
  const text = expression
    .replace(/\[[^\]]*\]/g, "")
    .replace(/\b(?:by|without|on|ignoring) \(([^)]*)\)/g, (_all, list: string) => {
      for (const label of list.split(",")) labels.add(label.trim());
      return "";
    })
    .replace(/\{([^}]*)\}/g, (_all, list: string) => {
      for (const [, label = "", value = ""] of list.matchAll(/(\w+)\s*[=!]~?\s*"([^"]*)"/g)) {
        labels.add(label);
        const odd = value
          .split("|")
          .filter((one) => !one.startsWith("$") && !labelValues[label]?.includes(one));
        for (const one of odd) faults.push(`${label} is never ${one}`);
      }
      return "";
    });
  const names = [...text.matchAll(/\b[a-z_][\w:]*\b(?!\s*\()/gi)].map(([name]) => name);
  const metrics = names.filter((name) => !/^(?:and|or|unless|offset|bool|\d.*|[smhd])$/.test(name));
  if (metrics.length === 0) faults.push("reads no metric");
  for (const name of metrics)
    if (!known.has(name) && !recorded.includes(name)) faults.push(`no metric ${name}`);
  for (const label of labels)
    if (!metrics.some((name) => known.get(name)?.has(label))) faults.push(`no label ${label}`);
  return faults;
}

test.each(panelExpressions)("panel %s: %s", (_title, expression) => {
  expect(faultsOf(expression)).toEqual([]);
});

test.each(ruleExpressions)("rule: %s", (expression) => {
  expect(faultsOf(expression)).toEqual([]);
});

test("every rule has an expression and every alert a sentence for a person", () => {
  const alerts = rules.match(/^ +- alert: /gm) ?? [];
  expect(ruleExpressions).toHaveLength(alerts.length + recorded.length);
  expect(rules.match(/^ +summary: ".+\."$|^ +summary: ".+\?"$/gm)).toHaveLength(alerts.length);
  for (const [, label = ""] of rules.matchAll(/\$labels\.(\w+)/g))
    expect(["instance", "kind"]).toContain(label);
});

test("every metric of Assay's own is on the dashboard", () => {
  const shown = JSON.stringify(dashboard);
  for (const name of known.keys())
    if (/^assay_/.test(name) && !/^assay_batch_size_bucket/.test(name)) expect(shown).toContain(name);
});

test("panels have ids of their own and do not overlap", () => {
  const { panels } = dashboard;
  expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
});

test("the check finds names that do not exist", () => {
  expect(faultsOf("sum(rate(assay_nothing_total[5m]))")).toEqual(["no metric assay_nothing_total"]);
  expect(faultsOf('assay_problems_total{kind="odd"}')).toEqual(["kind is never odd"]);
  expect(faultsOf("sum by (color) (assay_ready)")).toEqual(["no label color"]);
});

describe("units and proxies", () => {
  test.each(["web", "scoring", "worker"])(
    "the unit of %s starts that role by Assay's own command",
    (role) => {
      const unit = read(`systemd/assay-${role}.service`);
      expect(unit).toContain(`npm start -- --role ${role}`);
      expect(unit).toMatch(/^Restart=on-failure$/m);
      expect(unit).toMatch(/^NoNewPrivileges=true$/m);
    },
  );

  test("nothing but examples lies here", () => {
    expect(readdirSync(deploy).sort()).toEqual(["README.md", "grafana", "prometheus", "proxy", "systemd"]);
  });
});
