;; Loops of a mixer from channels to one, four samples at once. Samples that are not finite count as 0: infinity minus itself,
;; and NaN, are no numbers. Up to three samples behind the last are read, and must be 0. mix-kernel.ts holds what wabt makes of
;; this, in base64. Its test compares the two, and shows the new bytes if they differ.
(module
  (memory (export "memory") 1)

  ;; The mean of two channels. Writes three 64-bit floats: the energies of both, and that of the mean. They are summed with 64
  ;; bits, because the square of a large 32-bit float is none.
  (func (export "mixTwo") (param $first i32) (param $second i32) (param $frames i32) (param $mean i32) (param $energies i32)
    (local $end i32) (local $a v128) (local $b v128) (local $difference v128) (local $wide v128)
    (local $energyOfFirst v128) (local $energyOfSecond v128) (local $energyOfMean v128)
    (local.set $end (i32.add (local.get $first) (i32.shl (local.get $frames) (i32.const 2))))
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $first) (local.get $end)))
        (local.set $a (v128.load (local.get $first)))
        (local.set $difference (f32x4.sub (local.get $a) (local.get $a)))
        (local.set $a (v128.and (local.get $a) (f32x4.eq (local.get $difference) (local.get $difference))))
        (local.set $b (v128.load (local.get $second)))
        (local.set $difference (f32x4.sub (local.get $b) (local.get $b)))
        (local.set $b (v128.and (local.get $b) (f32x4.eq (local.get $difference) (local.get $difference))))
        (local.set $wide (f64x2.promote_low_f32x4 (local.get $a)))
        (local.set $energyOfFirst (f64x2.add (local.get $energyOfFirst) (f64x2.mul (local.get $wide) (local.get $wide))))
        (local.set $wide (f64x2.promote_low_f32x4
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $a) (local.get $a))))
        (local.set $energyOfFirst (f64x2.add (local.get $energyOfFirst) (f64x2.mul (local.get $wide) (local.get $wide))))
        (local.set $wide (f64x2.promote_low_f32x4 (local.get $b)))
        (local.set $energyOfSecond (f64x2.add (local.get $energyOfSecond) (f64x2.mul (local.get $wide) (local.get $wide))))
        (local.set $wide (f64x2.promote_low_f32x4
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $b) (local.get $b))))
        (local.set $energyOfSecond (f64x2.add (local.get $energyOfSecond) (f64x2.mul (local.get $wide) (local.get $wide))))
        (local.set $a (f32x4.add
          (f32x4.mul (local.get $a) (f32x4.splat (f32.const 0.5))) (f32x4.mul (local.get $b) (f32x4.splat (f32.const 0.5)))))
        (v128.store (local.get $mean) (local.get $a))
        (local.set $wide (f64x2.promote_low_f32x4 (local.get $a)))
        (local.set $energyOfMean (f64x2.add (local.get $energyOfMean) (f64x2.mul (local.get $wide) (local.get $wide))))
        (local.set $wide (f64x2.promote_low_f32x4
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $a) (local.get $a))))
        (local.set $energyOfMean (f64x2.add (local.get $energyOfMean) (f64x2.mul (local.get $wide) (local.get $wide))))
        (local.set $first (i32.add (local.get $first) (i32.const 16)))
        (local.set $second (i32.add (local.get $second) (i32.const 16)))
        (local.set $mean (i32.add (local.get $mean) (i32.const 16)))
        (br $fours)))
    (f64.store (local.get $energies)
      (f64.add (f64x2.extract_lane 0 (local.get $energyOfFirst)) (f64x2.extract_lane 1 (local.get $energyOfFirst))))
    (f64.store offset=8 (local.get $energies)
      (f64.add (f64x2.extract_lane 0 (local.get $energyOfSecond)) (f64x2.extract_lane 1 (local.get $energyOfSecond))))
    (f64.store offset=16 (local.get $energies)
      (f64.add (f64x2.extract_lane 0 (local.get $energyOfMean)) (f64x2.extract_lane 1 (local.get $energyOfMean)))))

  (func (export "copy") (param $from i32) (param $frames i32) (param $to i32)
    (local $end i32) (local $samples v128) (local $difference v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $frames) (i32.const 2))))
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $samples (v128.load (local.get $from)))
        (local.set $difference (f32x4.sub (local.get $samples) (local.get $samples)))
        (local.set $samples (v128.and (local.get $samples) (f32x4.eq (local.get $difference) (local.get $difference))))
        (v128.store (local.get $to) (local.get $samples))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $fours))))

  ;; The largest magnitude.
  (func (export "peak") (param $at i32) (param $frames i32) (result f32)
    (local $end i32) (local $most v128)
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $frames) (i32.const 2))))
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $most (f32x4.pmax (local.get $most) (f32x4.abs (v128.load (local.get $at)))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $fours)))
    (f32.max
      (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
      (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most))))))
