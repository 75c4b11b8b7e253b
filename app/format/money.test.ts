import { expect, test } from "vitest";
import { money, moneyShort } from "./money.ts";

test("euros have cents and grouping", () => expect(money(129_900, "EUR")).toBe("€1,299.00"));
test("yen have no minor unit", () => expect(money(1_299, "JPY")).toBe("¥1,299"));
test("dinars of Kuwait have three decimals", () => expect(money(1_500, "KWD")).toMatch(/1\.500$/));
test("no amount is a dash", () => expect([money(null, "EUR"), moneyShort(null, "EUR")]).toEqual(["–", "–"]));
test("short amounts are compact and know the currency's minor unit", () => {
  expect(moneyShort(4_520_000, "EUR")).toBe("€45.2K");
  expect(moneyShort(45_200, "JPY")).toBe("¥45.2K");
});
test("short amounts below a thousand are exact", () => expect(moneyShort(58_390, "EUR")).toBe("€583.90"));
