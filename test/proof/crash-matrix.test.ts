/** R1: every crash point x every kind of unit x every recovery path, against an oracle. */
import { vi } from 'vitest';
import { KINDS } from './kinds';
import { crashMatrix } from './matrix';

vi.mock('../../src/run/plan-codec', () => import('../run/plain-codec'));

crashMatrix('crash matrix', KINDS);
