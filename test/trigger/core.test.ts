import { describe } from 'vitest';
import { memoryTokenStore } from '../../src/trigger';
import { coreWorld } from './core-world';
import { errorRowCases } from './error-rows';
import { tokenStoreSuite } from './token-store-suite';

tokenStoreSuite('memory', async () => ({ store: memoryTokenStore(), close: async () => undefined }));

describe('error tables of the API reference, without a door', () => {
  errorRowCases(async () => coreWorld());
});
