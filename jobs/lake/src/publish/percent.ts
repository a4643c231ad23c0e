/** A share as people read it: `33.3 %`. */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
