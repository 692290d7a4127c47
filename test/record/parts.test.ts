import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { inOrder, linkParts, type Parts, threadScript } from '../../src/record/parts';

/** Diamond: both panel and engine need the base; the panel names the engine only when it is asked to. */
function parts(log: string[] = []): Parts {
  return {
    './base.js': {
      needs: [],
      evaluate: (_require, exports) => {
        log.push('base');
        Object.assign(exports, { base: { made: 1 } });
      },
    },
    './engine.js': {
      needs: ['./base.js'],
      evaluate: (part, exports) => {
        log.push('engine');
        Object.assign(exports, { base: (part('./base.js') as { base: object }).base });
      },
    },
    './panel.js': {
      needs: ['./base.js'],
      evaluate: (part, exports) => {
        log.push('panel');
        const { base } = part('./base.js') as { base: object };
        Object.assign(exports, { base, engine: () => part('./engine.js') });
      },
    },
  };
}

describe('parts', () => {
  it('are evaluated once, with what they need, and share it', () => {
    const log: string[] = [];
    const evaluate = linkParts(parts(log));
    const panel = evaluate('./panel.js') as { base: object; engine: () => { base: object } };
    expect(log).toEqual(['panel', 'base']);
    expect(panel.engine().base).toBe(panel.base);
    expect(evaluate('./panel.js')).toBe(panel);
    expect(log).toEqual(['panel', 'base', 'engine']);
  });

  it('come in an order in which each finds what it needs', () => {
    expect(inOrder(parts(), './engine.js')).toEqual(['./base.js', './engine.js']);
  });

  it('make a script for another thread that holds only what is needed there', () => {
    // As the build makes them: source texts that use nothing from outside.
    const built = runInContext(
      `({"./base.js":{needs:[],evaluate:function(require,exports){exports.word="there"}},` +
        `"./engine.js":{needs:["./base.js"],evaluate:function(require,exports){"use strict";` +
        `exports.serve=scope=>{scope.said=require("./base.js").word}}},` +
        `"./panel.js":{needs:["./base.js"],evaluate:function(require,exports){exports.panel="not there"}}})`,
      createContext({}),
    ) as Parts;
    const script = threadScript(built, './engine.js');
    expect(script).not.toContain('not there');
    const self: { said?: string } = {};
    runInContext(script, createContext({ self }));
    expect(self.said).toBe('there');
  });
});
