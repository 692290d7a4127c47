/** Exact decimal: coefficient / 10^scale, scale >= 0. Arithmetic lives beside this type in the same file. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}
