/** Trees as non-deterministic automata (K. Thompson, "Regular Expression Search Algorithm", 1968). */
import type { CodePointRange, PatternNode } from './tree';

/** A step of the automaton; numbers are indexes of steps. */
export type Step =
  | { readonly kind: 'set'; readonly ranges: readonly CodePointRange[]; readonly next: number }
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'start'; readonly next: number }
  | { readonly kind: 'end'; readonly next: number }
  | { readonly kind: 'found' };

export interface Program {
  readonly steps: readonly Step[];
  readonly entry: number;
}

/** Counted repetitions are written out, so they count as often as they say. */
export const MAX_STEPS = 5000;

/** Null when the automaton would need more than `MAX_STEPS` steps. */
export function programOf(tree: PatternNode): Program | null {
  if (sizeOf(tree) >= MAX_STEPS) return null;
  const steps: Step[] = [{ kind: 'found' }];
  const add = (step: Step): number => steps.push(step) - 1;
  /** Built from the end: each part knows what follows it. */
  const build = (node: PatternNode, next: number): number => {
    switch (node.kind) {
      case 'set':
        return add({ kind: 'set', ranges: node.ranges, next });
      case 'start':
      case 'end':
        return add({ kind: node.kind, next });
      case 'sequence':
        return node.parts.reduceRight((following, part) => build(part, following), next);
      case 'choice':
        return add({ kind: 'split', next: node.parts.map((part) => build(part, next)) });
      case 'repeat':
        return repeat(node, next);
    }
  };
  const repeat = (node: Extract<PatternNode, { kind: 'repeat' }>, next: number): number => {
    let entry = next;
    if (node.max === null) {
      const loop = add({ kind: 'split', next: [next] });
      steps[loop] = { kind: 'split', next: [build(node.part, loop), next] };
      entry = loop;
    } else {
      for (let count = node.min; count < node.max; count += 1) {
        entry = add({ kind: 'split', next: [build(node.part, entry), next] });
      }
    }
    for (let count = 0; count < node.min; count += 1) entry = build(node.part, entry);
    return entry;
  };
  const entry = build(tree, 0);
  return { steps, entry };
}

/** Steps needed, or more than the limit; counted before anything is built. */
function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => Math.min(MAX_STEPS, sum + sizeOf(part)), 1);
    case 'repeat':
      return Math.min(MAX_STEPS, (sizeOf(node.part) + 1) * Math.max(node.max ?? node.min + 1, 1));
    default:
      return 1;
  }
}
