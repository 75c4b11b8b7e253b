import { type CategoryField, categoryField } from "#ml/features/category-code.ts";
import { formatAttribute, formatClock, formatMinor, weekdayName } from "./reason-format.ts";
import { capitalised, type Sentence } from "./reason-words.ts";

/** Sentences about the payment itself. */
export const paymentSentences: Readonly<Record<string, Sentence>> = {
  amount: ({ values, event }) => {
    const mean = values("customer_mean_30d");
    const money = formatMinor(event.amountMinor, event);
    return mean === null
      ? `${money} here`
      : `${money} here; this customer's 30-day mean is ${formatMinor(mean, event)}`;
  },
  amount_major: ({ event }) => `${formatMinor(event.amountMinor, event)} here`,
  hour: ({ value }) => (value === null ? "Time of day unknown" : `Paid at ${formatClock(value)} UTC`),
  weekday: ({ value }) => (value === null ? "Weekday unknown" : `Paid on a ${weekdayName(value)}`),
  weekend: ({ value }) => (value === 1 ? "Paid on a weekend" : "Paid on a working day, Monday to Friday"),
  night: ({ value }) =>
    value === 1 ? "Paid at night, before 07:00 UTC" : "Paid in the daytime, after 07:00 UTC",
  channel: ({ definition, value }) => {
    const channel = (definition.attribute ?? definition.text).replaceAll("_", " ");
    if (value === null) return `Not known whether this was ${channel}`;
    return value === 1 ? `Paid by ${channel}` : `Not paid by ${channel}`;
  },
  attribute: ({ definition, value, event }) => {
    const name = definition.attribute ?? definition.name;
    if (value === null) return `${name} is missing`;
    if (definition.unit !== "category") return `${name} is ${formatAttribute(value)}`;
    const text = event.attributes?.[name];
    return text === undefined ? capitalised(definition.text) : `${name} is ${text}`;
  },
  category: ({ definition, value, event }) => {
    const field = categoryField(definition.attribute);
    if (value === null) return `No ${fieldWords[field]} given`;
    const text = event[field] ?? null;
    return text === null ? capitalised(definition.text) : `${capitalised(fieldWords[field])}: ${text}`;
  },
};

const fieldWords: Readonly<Record<CategoryField, string>> = {
  merchantCategory: "merchant category",
  channel: "channel",
  country: "country",
  currency: "currency",
};
