/** Choices that come from a seed: small, fast, and the same everywhere (mulberry32). */
export interface Dice {
  /** 0 <= x < 1. */
  readonly unit: () => number;
  readonly chance: (probability: number) => boolean;
  readonly choose: <T>(from: readonly T[]) => T;
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    unit,
    chance: (probability) => unit() < probability,
    choose: <T>(from: readonly T[]): T => from[Math.floor(unit() * from.length)] as T,
  };
}
