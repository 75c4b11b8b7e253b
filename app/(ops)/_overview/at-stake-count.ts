/** How many open cases the overview shows. */
export const AT_STAKE = 6;
