/** Names that the sample company's customers, products and places are made of. */

export const COMPANY_STEMS = [
  '青葉',
  '朝日野',
  '石橋',
  '磯部',
  '梅田',
  '大和田',
  '岡崎',
  '小野寺',
  '加賀',
  '柏木',
  '桂',
  '川越',
  '北浜',
  '桐生',
  '倉敷',
  '栗林',
  '小金井',
  '西条',
  '桜台',
  '佐伯',
  '白川',
  '杉並',
  '瀬戸',
  '千歳',
  '高槻',
  '立花',
  '筑波',
  '天神',
  '常磐',
  '豊岡',
  '長峰',
  '並木',
  '新見',
  '萩原',
  '浜名',
  '日向',
  '深川',
  '藤沢',
  '堀江',
  '松風',
  '三島',
  '港北',
  '武蔵',
  '森下',
  '八雲',
  '柳',
  '吉野',
  '若葉',
  '和泉',
  '渡良瀬',
] as const;

export const COMPANY_TRADES = [
  '商事',
  '工業',
  '電機',
  '食品',
  '物流',
  '製作所',
  '建設',
  '化成',
  '印刷',
  '精機',
  '薬品',
  '産業',
] as const;

export const COMPANY_FORMS = ['株式会社{}', '{}株式会社', '有限会社{}', '合同会社{}'] as const;
export const COMPANY_FORM_WEIGHTS = [5, 6, 1, 1] as const;

export const PREFECTURES = [
  '北海道',
  '宮城県',
  '東京都',
  '神奈川県',
  '埼玉県',
  '千葉県',
  '愛知県',
  '京都府',
  '大阪府',
  '兵庫県',
  '広島県',
  '福岡県',
] as const;

/** Name, lowest and highest unit price in yen. */
export const PRODUCT_KINDS = [
  ['複合機トナー', 4_800, 28_000],
  ['コピー用紙', 380, 4_200],
  ['オフィスチェア', 12_800, 98_000],
  ['昇降デスク', 42_000, 168_000],
  ['書庫', 18_000, 76_000],
  ['ホワイトボード', 9_800, 64_000],
  ['会議用モニター', 58_000, 320_000],
  ['プロジェクター', 64_000, 248_000],
  ['ラベルプリンター', 14_800, 52_000],
  ['シュレッダー', 16_500, 138_000],
  ['LED照明', 1_980, 24_800],
  ['加湿空気清浄機', 28_000, 118_000],
] as const;

export const PRODUCT_GRADES = [
  'S',
  'M',
  'L',
  'プロ',
  'ライト',
  '業務用',
  '標準',
  '省エネ',
  'コンパクト',
  'プラス',
] as const;

export const WAREHOUSES = ['東京第一倉庫', '大阪倉庫', '福岡倉庫'] as const;

export const ORDER_STATES = ['見積', '受注', '出荷済', 'キャンセル'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const ORDER_STATE_WEIGHTS = [4, 16, 74, 6] as const;

export const REMARKS = [
  '',
  '',
  '',
  '',
  '午前中の納品を希望',
  '請求書は月末締め',
  '担当者変更あり',
  '分納可',
] as const;
