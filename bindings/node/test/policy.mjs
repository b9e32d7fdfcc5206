// The scaling policy of the tests: by day the CPU decides, at night the least will do.

export const policy = (lower) => ({
  service: 'web',
  time_zone: 'Asia/Shanghai',
  bounds: { min: 1, max: 8 },
  windows: [
    {
      name: 'busy',
      from: '08:00',
      to: '20:00',
      rule: {
        kind: 'metric',
        metric: 'cpu',
        upper: { value: 0.7, step: 2 },
        lower,
        bounds: { min: 2, max: 8 },
      },
    },
    { name: 'night', from: '20:00', to: '08:00', rule: { kind: 'fixed', count: 'min' } },
  ],
})
