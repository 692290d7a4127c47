/** Up, down and remove for one entry of an ordered list; the names say which entry is meant. */
import { IconButton } from '../../ui/parts/Button';
import { useTexts } from '../app/environment';

interface OrderedProps {
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly removeLabel?: string;
}

export function Ordered({ name, index, count, onMove, onRemove, removeLabel }: OrderedProps) {
  const t = useTexts();
  return (
    <>
      <IconButton
        icon="up"
        label={t.common.of(t.common.moveUp, name)}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        icon="down"
        label={t.common.of(t.common.moveDown, name)}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      />
      <IconButton icon="close" label={t.common.of(removeLabel ?? t.common.remove, name)} onClick={onRemove} />
    </>
  );
}
