struct GenericStream { var s: UInt64
 init(key: String) { s = 88172645463325252; for b in key.utf8 { s = (s ^ UInt64(b)) &* 1099511628211 } ; _ = u(); _ = u() }
 mutating func u() -> Double { s ^= s << 13; s ^= s >> 7; s ^= s << 17; return Double(s >> 11) / 9007199254740992 }
 mutating func mean() -> Double { let v = u()*4-2; return abs(v) < 0.15 ? v+0.3 : v }
 mutating func scale() -> Double { 0.3 + 2.5*u() } }
