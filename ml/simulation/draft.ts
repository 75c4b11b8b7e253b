import type { PaymentEvent } from "../features/payment-event.ts";
import type { Rng } from "../math/seeded-random.ts";
import { drawAttributes, honestManner, type Manner } from "./attributes.ts";
import type { Customer } from "./customer.ts";
import type { FraudKind } from "./fraud-kind.ts";
import { drawLabel, type SimulatedLabel } from "./labels.ts";
import type { Merchant } from "./merchant.ts";
import { currencyOf, placeAt } from "./places.ts";
import { emailAgeDays, onlinePresence, type Presence } from "./presence.ts";

export type Channel = "card_present" | "ecommerce" | "transfer" | "atm";

/** A payment that has no identifier yet, with what is true of it. */
export type Draft = {
  readonly payment: Omit<PaymentEvent, "id">;
  readonly fraudKind: FraudKind | null;
  readonly label: SimulatedLabel | null;
};

/** Who pays whom, when; everything left out is what an honest customer would do. */
export type Purchase = {
  readonly customer: Customer;
  readonly merchant: Merchant;
  readonly atMs: number;
  readonly online: boolean;
  readonly fraudKind?: FraudKind;
  readonly presence?: Presence;
  readonly manner?: Manner;
  readonly amountFactor?: number;
  readonly amountMinor?: number;
};

/** Turns a purchase into a payment: amount, channel, place, device, attributes, and the label it will get. */
export function draftPayment(purchase: Purchase, rng: Rng): Draft {
  const { customer, merchant, atMs, fraudKind = null } = purchase;
  const channel = channelOf(merchant, purchase.online);
  const presence = purchase.presence ?? honestPresence(purchase, channel, rng);
  const first = customer.cards[0] ?? null;
  const second = customer.cards[1] ?? first;
  const attributes = drawAttributes(channel, purchase.manner ?? honestManner, {
    emailAgeDays: emailAgeDays(customer, atMs),
    rng,
  });
  return {
    payment: {
      occurredAtMs: atMs,
      amountMinor: purchase.amountMinor ?? drawAmount(purchase, channel, rng),
      currency: currencyOf(placeAt(customer.place).country).currency,
      customerId: customer.id,
      merchantId: merchant.id,
      cardToken: rng.next() < 0.8 ? first : second,
      deviceId: presence.deviceId,
      ip: presence.ip,
      merchantCategory: merchant.category.code,
      channel,
      country: presence.country,
      latitude: roundDegrees(presence.latitude),
      longitude: roundDegrees(presence.longitude),
      attributes,
    },
    fraudKind,
    label: drawLabel(fraudKind, atMs, rng),
  };
}

/** The channel of a purchase at a merchant, given whether the payer would rather stay at home. */
export function channelOf(merchant: Merchant, online: boolean): Channel {
  const { outlet } = merchant.category;
  if (outlet === "atm" || outlet === "transfer") return outlet;
  if (outlet === "both") return online ? "ecommerce" : "card_present";
  return outlet === "site" ? "ecommerce" : "card_present";
}

/** A till stands where its merchant is; only a wallet on a phone names a device there. */
export function tillPresence(merchant: Merchant, deviceId: string | null): Presence {
  const { latitude, longitude, place } = merchant;
  return { deviceId, ip: null, country: placeAt(place).country, latitude, longitude };
}

function honestPresence({ customer, merchant, atMs }: Purchase, channel: Channel, rng: Rng): Presence {
  const presence = onlinePresence(customer, atMs, rng.next());
  if (channel === "ecommerce" || channel === "transfer") return presence;
  const byPhone = channel === "card_present" && rng.next() < 0.3;
  return tillPresence(merchant, byPhone ? presence.deviceId : null);
}

/** Log-normal around the trade's usual amount, at this merchant's prices and this customer's purse. */
function drawAmount({ customer, merchant, amountFactor = 1 }: Purchase, channel: Channel, rng: Rng): number {
  const { medianMinor, sigma } = merchant.category;
  const { perEuro } = currencyOf(placeAt(customer.place).country);
  const level = medianMinor * merchant.priceLevel * customer.spendLevel * perEuro * amountFactor;
  const windfall = rng.next() < 0.012 ? 3 + 5 * rng.next() : 1;
  const amount = level * windfall * Math.exp(sigma * rng.normal());
  if (channel === "atm") return Math.max(1000, Math.round(amount / 1000) * 1000);
  const exact = Math.max(50, Math.round(amount));
  const ending = rng.next();
  if (ending < 0.25) return Math.max(99, Math.round(exact / 100) * 100 - 1);
  return ending < 0.4 ? Math.max(100, Math.round(exact / 100) * 100) : exact;
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}
