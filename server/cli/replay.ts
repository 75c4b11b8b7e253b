import { parseArgs } from "node:util";
import { replayDecision } from "#server/scoring/replay-decision.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = "npm run replay -- TRANSACTION_ID";

/** Carries one past decision out again and tells every part that came out otherwise. Exit 1 where one did. */
await runCommand(async (env) => {
  const { positionals } = parsed(USAGE, () => parseArgs({ allowPositionals: true }));
  const [transactionId] = positionals;
  if (transactionId === undefined || positionals.length > 1)
    throw new UsageError("Name one transaction.", USAGE);
  return withDatabase(env, async ({ pool }) => {
    const replay = await replayDecision(pool, transactionId);
    if (replay === null) throw new Error(`There is no decision on ${transactionId}.`);
    if (replay.impossible !== null)
      throw new Error(`${transactionId} cannot be replayed. ${replay.impossible}`);
    const of = `from ${replay.features} served features, in ${replay.milliseconds.toFixed(0)} ms`;
    if (replay.differences.length === 0) {
      console.log(`${transactionId}: the same decision bit for bit, ${of}`);
      return 0;
    }
    console.log(`${transactionId}: ${replay.differences.length} parts DIFFER, ${of}`);
    for (const { part, served, replayed } of replay.differences)
      console.log(`  ${part}\n    served   ${served}\n    replayed ${replayed}`);
    return 1;
  });
});
