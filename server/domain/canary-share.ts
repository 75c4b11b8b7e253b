/** Of customers: a tenth of a percent to a half. */
export const LEAST_SHARE = 0.001;
export const MOST_SHARE = 0.5;

/** "5 % of customers", with as many digits as the share has, to a hundredth of a percent. */
export function shareOfCustomers(share: number): string {
  return `${Number((share * 100).toFixed(2))} % of customers`;
}
