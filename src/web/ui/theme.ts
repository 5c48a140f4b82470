import { theme, type ThemeConfig } from 'antd';

/** The only place where colours, sizes and fonts are decided. Components read them as `var(--ant-…)`. */
const FONT =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

/** Deep teal-green: 6.6:1 on white. In the dark a lighter one: 6.9:1 on the ground. */
const BRAND = '#00695c';
const BRAND_DARK = '#4db6a4';

export type Density = 'desk' | 'phone' | 'wall';

const sizes: Record<Density, Partial<NonNullable<ThemeConfig['token']>>> = {
  desk: { fontSize: 14, controlHeight: 32 },
  phone: { fontSize: 16, controlHeight: 48 },
  wall: { fontSize: 24, controlHeight: 64 },
};

/** The class that carries the tokens as CSS variables; it stands on `<body>` too, so that plain CSS can use them. */
const THEME_CLASS = 'dfw';

export function themeOf(density: Density, dark: boolean): ThemeConfig {
  return {
    cssVar: { key: THEME_CLASS },
    hashed: false,
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...sizes[density],
      fontFamily: FONT,
      colorPrimary: dark ? BRAND_DARK : BRAND,
      colorInfo: dark ? BRAND_DARK : BRAND,
      // antd darkens it: 4.9:1 on the ground of a card.
      colorLink: dark ? '#5cc9b6' : BRAND,
      // antd's own is lighter: 4.25:1 on the ground of the desk.
      colorLinkHover: dark ? BRAND_DARK : '#004d43',
      colorPrimaryBg: dark ? '#0d2621' : '#e2f1ee',
      colorPrimaryBgHover: dark ? '#1a403a' : '#cbe6e1',
      // State colours mean time left, nothing else (`ui.md`): text on white at 4.5:1 or more.
      colorSuccess: dark ? '#6fcf8e' : '#1f7a3d',
      colorWarning: dark ? '#f0b429' : '#8f5600',
      colorError: dark ? '#ff8a80' : '#b42318',
      colorTextBase: dark ? '#eef4f2' : '#15211f',
      colorBgBase: dark ? '#0d1715' : '#ffffff',
      // antd's dark cards are so light that its darkened colours of state are under 4.5:1 on them.
      ...(dark ? { colorBgContainer: '#0f1f1c', colorBgElevated: '#142824' } : {}),
      colorBgLayout: dark ? '#081110' : '#f3f6f5',
      // antd's own tertiary and placeholder greys are under 4.5:1.
      colorTextSecondary: dark ? '#b4c3bf' : '#4b5956',
      colorTextTertiary: dark ? '#9fb0ab' : '#5b6664',
      colorTextDescription: dark ? '#9fb0ab' : '#5b6664',
      colorTextPlaceholder: dark ? '#8fa19c' : '#66726f',
      colorTextDisabled: dark ? '#8fa19c' : '#66726f',
      // antd mixes the lines of the dark from its ground: they came out green, and green says "on the way".
      ...(dark ? { colorBorder: '#4d5955', colorBorderSecondary: '#303b38', colorSplit: '#2a3431' } : {}),
      borderRadius: 6,
      wireframe: false,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      // What is typed wrong is no matter of time: said in words and by a heavier line, not in red.
      Form: { colorError: dark ? '#eef4f2' : '#15211f' },
      Input: { colorError: dark ? '#eef4f2' : '#15211f' },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        fontWeight: 500,
        // White on the lighter brand of the dark is 3.2:1.
        ...(dark ? { primaryColor: '#06231e' } : {}),
      },
      Table: { cellPaddingBlockSM: 5 },
    },
  };
}
