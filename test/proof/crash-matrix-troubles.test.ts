/** R1, while other things go wrong as well: pauses, outages, stops, conflicts, and going on itself. */
import { vi } from 'vitest';
import { crashMatrix } from './matrix';
import { TROUBLED_KINDS } from './troubled-kinds';

vi.mock('../../src/run/plan-codec', () => import('../run/plain-codec'));

crashMatrix('crash matrix with troubles', TROUBLED_KINDS);
