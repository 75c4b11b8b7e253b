/** What one payment of the load came to. */
export type Sent = {
  readonly id: string;
  /** the bytes of the 200 */
  readonly answer: string;
  /** tries that ended without an answer: nobody could know whether they had been committed */
  readonly indeterminate: number;
};

/** What the load tells at its end. */
export type LoadReport = {
  readonly sent: readonly Sent[];
  /** answers that no caller should ever get, such as a 409 on a resend */
  readonly wrong: readonly string[];
  /** payments that had no 200 when patience ended */
  readonly unsettled: readonly string[];
};

/** How a payment of the load looks; few customers and merchants, so that each payment's features depend on others. */
export function loadBody(run: string, client: number, count: number, occurredAt: string): string {
  const customer = (client * 7 + count) % 40;
  return JSON.stringify({
    id: `${run}_${client}_${count}`,
    occurredAt,
    amountMinor: 500 + ((client * 131 + count * 37) % 90_000),
    currency: "EUR",
    customerId: `cus_${customer}`,
    merchantId: `mer_${(count * 3 + client) % 12}`,
    cardToken: `card_${customer}`,
    deviceId: `dev_${customer % 25}`,
    ip: `203.0.113.${customer}`,
    channel: "ecommerce",
    country: "DE",
    attributes: { step: count },
  });
}
