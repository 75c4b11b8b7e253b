import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { fittedModels } from "./fitted-models.ts";
import { batchSizes, type Costs, measure } from "./measure.ts";

/**
 * What a model version costs to serve: `npm run bench:model [-- --payments N --seed S --families a,b --json FILE]`.
 * Every family is fitted quickly on simulated payments, stored as JSON, loaded as the scoring server does it, and
 * measured on payments it has not seen: CPU microseconds a row on one core, in batches and for reasons.
 */
const { values } = parseArgs({
  options: {
    payments: { type: "string", default: "12000" },
    seed: { type: "string", default: "1" },
    families: { type: "string" },
    json: { type: "string" },
  },
});
const wanted = values.families?.split(",");
process.stderr.write(`fitting every family on ${values.payments} simulated payments\n`);
const { models, rows } = await fittedModels(Number(values.payments), Number(values.seed));
const costs: Costs[] = [];
for (const [name, { family, json }] of models) {
  if (wanted !== undefined && !wanted.includes(name)) continue;
  process.stderr.write(`measuring ${name}\n`);
  costs.push(measure(family, json, rows));
}
console.table(Object.fromEntries(costs.map((cost) => [cost.family, line(cost)])));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(costs, null, 2)}\n`);
// Training threads of TensorFlow.js may still be winding down.
process.exit(0);

function line({ bytes, loadMs, firstRowMicros, scoreMicros, explainMicros }: Costs) {
  return {
    KB: Math.round(bytes / 1000),
    "load ms": Math.round(loadMs),
    "first row us": Math.round(firstRowMicros),
    ...Object.fromEntries(
      batchSizes.map((size) => [`us/row, by ${size}`, Number(scoreMicros[size].toFixed(2))]),
    ),
    "reasons us": Number(explainMicros.toFixed(1)),
  };
}
