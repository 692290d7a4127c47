import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RunHandle, RunStatus } from '../../run/status';
import { useEnvironment } from './environment';

export function useRunStatus(handle: RunHandle): RunStatus {
  return useSyncExternalStore(
    (listener) => handle.subscribe(listener),
    () => handle.getSnapshot(),
  );
}

/** Whether a run that has ended wrote into the record; false until the answer is there. */
export function useTouched(handle: RunHandle, appId: string, recordId: string): boolean {
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    handle.touched(appId, recordId).then(
      (answer) => {
        if (isCurrent) setTouched(answer);
      },
      // The thread of the run is gone: nobody can tell.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [handle, appId, recordId]);
  return isTouched;
}

/** The current time, renewed every second while `isTicking`. */
export function useNowMs(isTicking: boolean): number {
  const { nowMs } = useEnvironment();
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(nowMs()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking, nowMs]);
  return isTicking ? Math.max(now, nowMs()) : now;
}
