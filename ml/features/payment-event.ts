/**
 * A payment as features see it: what is known at authorisation, and nothing that is learnt later.
 * Times are UTC milliseconds, money is integer minor units, and what the caller left out is null.
 */
export type PaymentEvent = {
  readonly id: string;
  readonly occurredAtMs: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly merchantCategory: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
};

export type AttributeValue = number | string | boolean;

/**
 * A label as features see it. It may influence a feature only from `recordedAtMs` on, whatever the time of
 * the payment it judges.
 */
export type LabelEvent = {
  readonly transactionId: string;
  readonly occurredAtMs: number; // of the payment judged, not of the dispute
  readonly customerId: string;
  readonly merchantId: string;
  readonly cardToken: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly recordedAtMs: number;
  readonly label: "fraud" | "legitimate";
};
