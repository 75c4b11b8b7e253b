import { writeFingerprint } from "./fingerprint.ts";
import type { PaymentEvent } from "./payment-event.ts";

/** The ids of a payment that state is kept by, in the order that `PaymentIds` holds them. */
export const idFields = ["customerId", "merchantId", "cardToken", "deviceId", "ip", "country"] as const;
type Ids = Pick<PaymentEvent, "customerId" | "merchantId" | "cardToken" | "deviceId" | "ip">;

export const CUSTOMER = 0;
export const MERCHANT = 1;
export const CARD = 2;
export const DEVICE = 3;
export const IP = 4;
export const COUNTRY = 5;

/** Fingerprints of one payment's ids, computed once: every table knows an id by its fingerprint only. */
export class PaymentIds {
  readonly halves = new Int32Array(2 * idFields.length); // high, low of each id
  readonly present = new Uint8Array(idFields.length); // 0 where the payment names none

  read(ids: Ids, country: string | null): void {
    this.#write(CUSTOMER, ids.customerId);
    this.#write(MERCHANT, ids.merchantId);
    this.#write(CARD, ids.cardToken);
    this.#write(DEVICE, ids.deviceId);
    this.#write(IP, ids.ip);
    this.#write(COUNTRY, country);
  }

  /** The ids of a payment that a row holds. */
  take(rows: { readonly halves: Int32Array; readonly present: Uint8Array }, row: number): void {
    const fields = idFields.length;
    for (let i = 0; i < 2 * fields; i++) this.halves[i] = rows.halves[row * 2 * fields + i] as number;
    for (let i = 0; i < fields; i++) this.present[i] = rows.present[row * fields + i] as number;
  }

  #write(field: number, id: string | null): void {
    this.present[field] = id === null ? 0 : 1;
    if (id !== null) writeFingerprint(id, this.halves, field * 2);
  }
}
