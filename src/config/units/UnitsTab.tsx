import { useUnit } from '../app/document';
import { useNavigation } from '../app/navigation';
import { UnitDetail } from './UnitDetail';
import { UnitList } from './UnitList';

export function UnitsTab() {
  const { at } = useNavigation();
  const unit = useUnit(at.unitId);
  return unit === null ? <UnitList /> : <UnitDetail key={unit.id} unit={unit} />;
}
