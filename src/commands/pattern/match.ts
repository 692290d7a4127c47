/**
 * Matches a text in one pass: the automaton's sets of steps become states as they are met, so that each
 * character costs one look into a table, and no pattern makes a text expensive.
 */
import type { Program, Step } from './program';

/** States kept at a time; a pattern that needs more starts its table anew. */
const MAX_STATES = 1000;

interface State {
  /** Steps that the next character or the end of the text decides about. */
  readonly steps: readonly number[];
  readonly isFound: boolean;
  /** Found if the text ends here. */
  readonly isFoundAtEnd: boolean;
  readonly next: (State | undefined)[];
}

/** Whether a text holds a match anywhere (as `RegExp.prototype.test` answers). */
export function patternTest(program: Program): (text: string) => boolean {
  return new Matcher(program).test;
}

class Matcher {
  private readonly steps: readonly Step[];
  private readonly entry: number;
  private readonly alphabet: Alphabet;
  private readonly states = new Map<string, State>();
  private readonly first: State;

  constructor({ steps, entry }: Program) {
    this.steps = steps;
    this.entry = entry;
    this.alphabet = new Alphabet(steps);
    this.first = this.stateOf([entry], true);
  }

  readonly test = (text: string): boolean => {
    let state = this.first;
    for (let at = 0; at < text.length; ) {
      if (state.isFound) return true;
      const code = text.codePointAt(at) as number;
      at += code > 0xffff ? 2 : 1;
      const letter = this.alphabet.letterOf(code);
      let next = state.next[letter];
      if (next === undefined) {
        next = this.after(state, letter);
        state.next[letter] = next;
      }
      state = next;
    }
    return state.isFound || state.isFoundAtEnd;
  };

  private after(state: State, letter: number): State {
    // A match may begin at any character, hence the entry in every state.
    const seeds = [this.entry];
    for (const index of state.steps) {
      const step = this.steps[index] as Step;
      if (step.kind === 'set' && this.alphabet.has(index, letter)) seeds.push(step.next);
    }
    const steps = this.closure(seeds, false, false);
    const key = steps.join();
    const known = this.states.get(key);
    if (known !== undefined) return known;
    if (this.states.size >= MAX_STATES) {
      this.states.clear();
      this.first.next.length = 0;
    }
    const made = this.stateOf(seeds, false);
    this.states.set(key, made);
    return made;
  }

  private stateOf(seeds: readonly number[], isAtStart: boolean): State {
    const steps = this.closure(seeds, isAtStart, false);
    const isFound = (all: readonly number[]): boolean =>
      all.some((index) => this.steps[index]?.kind === 'found');
    return {
      steps,
      isFound: isFound(steps),
      isFoundAtEnd: isFound(this.closure(seeds, isAtStart, true)),
      next: [],
    };
  }

  /** What can be reached without a character, in ascending order. */
  private closure(seeds: readonly number[], isAtStart: boolean, isAtEnd: boolean): readonly number[] {
    const seen = new Set<number>();
    const open = [...seeds];
    const reached: number[] = [];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen.has(index)) continue;
      seen.add(index);
      const step = this.steps[index] as Step;
      if (step.kind === 'split') open.push(...step.next);
      else if (step.kind === 'start') {
        if (isAtStart) open.push(step.next);
      } else {
        reached.push(index);
        if (step.kind === 'end' && isAtEnd) open.push(step.next);
      }
    }
    return reached.sort((a, b) => a - b);
  }
}

/** Characters that no set of the pattern tells apart share one letter. */
class Alphabet {
  /** First code points of the letters; the letter before the first one is 0. */
  private readonly bounds: readonly number[];
  private readonly ascii = new Uint16Array(128);
  /** Per step: which letters its set holds. */
  private readonly members: ReadonlyMap<number, Uint8Array>;

  constructor(steps: readonly Step[]) {
    const bounds = new Set<number>();
    for (const step of steps) {
      if (step.kind !== 'set') continue;
      for (const [from, to] of step.ranges) bounds.add(from).add(to + 1);
    }
    this.bounds = [...bounds].sort((a, b) => a - b);
    for (let code = 0; code < 128; code += 1) this.ascii[code] = this.search(code);
    const members = new Map<number, Uint8Array>();
    steps.forEach((step, index) => {
      if (step.kind !== 'set') return;
      const letters = new Uint8Array(this.bounds.length + 1);
      for (const [from, to] of step.ranges) letters.fill(1, this.search(from), this.search(to) + 1);
      members.set(index, letters);
    });
    this.members = members;
  }

  letterOf(code: number): number {
    return code < 128 ? (this.ascii[code] as number) : this.search(code);
  }

  has(step: number, letter: number): boolean {
    return this.members.get(step)?.[letter] === 1;
  }

  /** How many bounds are at or below the code point. */
  private search(code: number): number {
    let low = 0;
    let high = this.bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bounds[middle] as number) <= code) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
