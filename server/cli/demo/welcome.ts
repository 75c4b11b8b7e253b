import type { Environment } from "#server/env.ts";
import type { DemoAccess } from "./demo-access.ts";

/** What the demo prints when everything runs: where, who may sign in, and how to score a payment. */
export function welcome(env: Environment, access: DemoAccess, now: Date): string {
  const scoring = `http://localhost:${env.SCORING_PORT}`;
  const payment = {
    id: `pay_curl_${now.getTime().toString(36)}`,
    occurredAt: now.toISOString(),
    amountMinor: 129_900,
    currency: "EUR",
    customerId: "cus_81",
    merchantId: "mer_7",
    channel: "ecommerce",
  };
  return [
    "",
    "Assay is running.",
    `  Pages    http://localhost:${env.PORT}`,
    `  Scoring  ${scoring}  (${scoring}/docs tells how)`,
    "",
    ...signIns(access),
    "",
    "Score a payment:",
    `  curl -s ${scoring}/v1/score -H 'authorization: Bearer ${access.apiKey}' \\`,
    `    -H 'content-type: application/json' -d '${JSON.stringify(payment)}'`,
    "",
    "Ctrl-C stops everything; npm run demo starts it again; npm run demo -- --reset begins anew.",
  ].join("\n");
}

function signIns({ users }: DemoAccess): string[] {
  if (users.every((user) => user.password === null)) {
    const emails = users.map((user) => user.email).join(", ");
    return [
      `Sign in as ${emails} with the passwords printed at the first start`,
      "  (lost? npm run user -- password EMAIL).",
    ];
  }
  const lines = users.map(
    ({ role, email, password }) => `  ${role.padEnd(8)} ${email.padEnd(20)} ${password ?? "(as before)"}`,
  );
  return ["Sign in (the passwords are shown this once):", ...lines];
}
