/** Asking something that takes a while: what is going on, how it ended, and a way to stop it. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Failure, fail, failure, type Result } from '../../../definition/errors';
import { Button } from '../../../ui/parts/Button';
import { Notice, type Tone } from '../../../ui/parts/Feedback';
import { useDescribe } from '../../app/checks';
import { useTexts } from '../../app/environment';
import styles from '../forms.module.css';

export interface Said {
  readonly tone: Tone;
  readonly text: string;
  readonly todo?: ReactNode;
}

export interface Asking {
  /** What is going on; blank: nothing. */
  readonly busy: string;
  readonly said: Said | null;
  /** Stops whatever was asked before. `done` is not called when the asking was stopped or the form is gone. */
  ask<T>(
    busy: string,
    work: (signal: AbortSignal) => Promise<Result<T>>,
    done: (value: T) => Said | null,
  ): void;
  say(said: Said | null): void;
  stop(): void;
}

export function useAsking(): Asking {
  const describe = useDescribe();
  const [busy, setBusy] = useState('');
  const [said, setSaid] = useState<Said | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      current.current?.abort();
      current.current = null;
    },
    [],
  );
  const failed = (found: Failure): Said => {
    const { what, todo } = describe(found);
    return { tone: found.code === 'connectorStopped' ? 'info' : 'error', text: what, todo };
  };
  return {
    busy,
    said,
    say: setSaid,
    stop: () => current.current?.abort(),
    ask(words, work, done) {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      setBusy(words);
      setSaid(null);
      const unexpected = (error: unknown) =>
        fail(failure('unexpected', { message: error instanceof Error ? error.name : '' }));
      void work(controller.signal)
        .catch(unexpected)
        .then((found) => {
          if (current.current !== controller) return;
          current.current = null;
          setBusy('');
          setSaid(found.ok ? done(found.value) : failed(found.error));
        });
    },
  };
}

/** Read out as it changes. The keyboard finds its place here when the button to stop is gone. */
export function AskingState({ asking: { busy, said, stop } }: { readonly asking: Asking }) {
  const { connector: t } = useTexts().commands;
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place} role="status" tabIndex={-1} className={styles['asking']}>
      {busy === '' ? null : (
        <div className={styles['inline']}>
          <span>{busy}</span>
          <Button
            size="small"
            onClick={() => {
              stop();
              place.current?.focus();
            }}
          >
            {t.stop}
          </Button>
        </div>
      )}
      {said === null ? null : (
        <Notice tone={said.tone} todo={said.todo}>
          {said.text}
        </Notice>
      )}
    </div>
  );
}
