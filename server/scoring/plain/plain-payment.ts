import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { isCurrency } from "#server/domain/money.ts";
import { type PlainAttributes, plainAttributes } from "./plain-attributes.ts";
import { plainTimeMs } from "./plain-time.ts";
import {
  isOptionalAddress,
  isOptionalCategory,
  isOptionalChannel,
  isOptionalCountry,
  isOptionalDegree,
  isOptionalId,
  isPlainAmount,
  isPlainId,
  isPlainObject,
} from "./plain-values.ts";

/** A payment, and its body as canonical JSON. */
export type PlainPayment = { readonly event: PaymentEvent; readonly canonical: string };

/**
 * The payment in a body that is certainly valid, read once instead of once per check. Null means nothing but that the
 * body is left to those checks: it may be wrong, or only unusual (not ASCII, say, or of a leap day). What is
 * taken here they take too, as the same event, and the text is what canonicalJson makes of the body.
 */
export function plainPayment(body: unknown): PlainPayment | null {
  if (!isPlainObject(body)) return null;
  const { id, occurredAt, amountMinor, currency, customerId, merchantId } = body;
  const { cardToken, deviceId, ip, merchantCategory, channel, country, latitude, longitude } = body;
  if (!isPlainId(id) || !isPlainId(customerId) || !isPlainId(merchantId)) return null;
  if (typeof occurredAt !== "string" || !isPlainAmount(amountMinor)) return null;
  const occurredAtMs = plainTimeMs(occurredAt);
  if (Number.isNaN(occurredAtMs) || typeof currency !== "string" || !isCurrency(currency)) return null;
  if (!isOptionalId(cardToken) || !isOptionalId(deviceId) || !isOptionalAddress(ip)) return null;
  if (!isOptionalCategory(merchantCategory) || !isOptionalChannel(channel)) return null;
  if (!isOptionalCountry(country) || !isOptionalDegree(latitude, 90)) return null;
  if (!isOptionalDegree(longitude, 180)) return null;
  const attributes = body.attributes === undefined ? none : plainAttributes(body.attributes);
  if (attributes === null) return null;
  const event: PaymentEvent = {
    id,
    occurredAtMs,
    amountMinor,
    currency,
    customerId,
    merchantId,
    cardToken: cardToken ?? null,
    deviceId: deviceId ?? null,
    ip: ip ?? null,
    merchantCategory: merchantCategory ?? null,
    channel: channel ?? null,
    country: country ?? null,
    latitude: latitude ?? null,
    longitude: longitude ?? null,
    attributes: attributes.values,
  };
  if (Object.keys(body).length !== memberCount(event, attributes)) return null; // there is another field
  return { event, canonical: canonicalText(event, occurredAt, attributes.canonical) };
}

const none: PlainAttributes = { values: {}, canonical: "" };

const REQUIRED = 6;

function memberCount(event: PaymentEvent, attributes: PlainAttributes): number {
  let members = attributes === none ? REQUIRED : REQUIRED + 1;
  if (event.cardToken !== null) members++;
  if (event.deviceId !== null) members++;
  if (event.ip !== null) members++;
  if (event.merchantCategory !== null) members++;
  if (event.channel !== null) members++;
  if (event.country !== null) members++;
  if (event.latitude !== null) members++;
  if (event.longitude !== null) members++;
  return members;
}

/** As canonicalJson writes it: members by name, and no text among them needs an escape. */
function canonicalText(event: PaymentEvent, occurredAt: string, attributes: string): string {
  let text = `{"amountMinor":${event.amountMinor}`;
  if (attributes !== "") text += `,"attributes":${attributes}`;
  if (event.cardToken !== null) text += `,"cardToken":"${event.cardToken}"`;
  if (event.channel !== null) text += `,"channel":"${event.channel}"`;
  if (event.country !== null) text += `,"country":"${event.country}"`;
  text += `,"currency":"${event.currency}","customerId":"${event.customerId}"`;
  if (event.deviceId !== null) text += `,"deviceId":"${event.deviceId}"`;
  text += `,"id":"${event.id}"`;
  if (event.ip !== null) text += `,"ip":"${event.ip}"`;
  if (event.latitude !== null) text += `,"latitude":${event.latitude}`;
  if (event.longitude !== null) text += `,"longitude":${event.longitude}`;
  if (event.merchantCategory !== null) text += `,"merchantCategory":"${event.merchantCategory}"`;
  return `${text},"merchantId":"${event.merchantId}","occurredAt":"${occurredAt}"}`;
}
