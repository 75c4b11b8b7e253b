/** Well-known test numbers of the card schemes: they pass Luhn and belong to nobody. */
export const testCards = ["4242424242424242", "5555555555554444", "378282246310005"] as const;

/** A mapping with everything that an import needs, to be changed by a test. */
export const plainMapping = {
  name: "plain",
  id: { column: "id", prefix: "pay_" },
  occurredAt: { column: "at" },
  amount: { column: "amount", unit: "major" },
  currency: { constant: "EUR" },
  customerId: { column: "customer", prefix: "cus_" },
  merchantId: { column: "merchant", prefix: "mer_" },
  label: { column: "fraud", fraud: ["1"], legitimate: ["0"], delayDays: 7 },
} as const;

export const plainHeader = "id,at,amount,customer,merchant,fraud";
