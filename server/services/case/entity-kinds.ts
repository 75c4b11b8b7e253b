/** What payments can have in common, in the order in which sharing it weighs. */
export const entityKinds = ["card", "device", "ip", "customer", "merchant"] as const;
export type EntityKind = (typeof entityKinds)[number];

/** The indexed column of the payments of each, for raw SQL. */
export const entityColumns = {
  card: "card_token",
  device: "device_id",
  ip: "ip",
  customer: "customer_id",
  merchant: "merchant_id",
} as const satisfies Record<EntityKind, string>;
