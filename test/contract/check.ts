/** One assumption about kintone. */
import type { ContractApps } from './apps';
import type { Seen } from './tries';

export interface Check {
  readonly id: string;
  readonly assumption: string;
  /** Where the assumption comes from until it has been tried. */
  readonly knownAs: 'documented' | 'observed' | 'unverified';
  /** Tries it; answers what was seen, and whether that is what the product assumes. */
  run(apps: ContractApps, scale: Scale): Promise<Seen>;
}

export interface Scale {
  /** Requests at the same instant. */
  readonly simultaneous: number;
  /** How often a barrier is repeated. */
  readonly rounds: number;
}
