;; Log-mel columns of four windows of samples at once: lane i of every vector belongs to window i, which begins $hopBytes behind
;; window i − 1. mel-kernel.ts says where the tables lie, and holds what wabt makes of this, in base64. Its test compares
;; the two, and shows the new bytes if they differ.
(module
  (memory (export "memory") 2)

  ;; Four samples of a window times the window function. What is not finite becomes 0.
  (func $samples (param $at i32) (param $factors v128) (result v128)
    (local $values v128) (local $difference v128)
    (local.set $values (v128.load align=4 (local.get $at)))
    ;; Infinity minus itself, and NaN, are no numbers.
    (local.set $difference (f32x4.sub (local.get $values) (local.get $values)))
    (local.set $values
      (v128.and (local.get $values) (f32x4.eq (local.get $difference) (local.get $difference))))
    ;; The power of the sum of so large samples is still finite.
    (local.set $values (f32x4.max
      (f32x4.min (local.get $values) (f32x4.splat (f32.const 1e15))) (f32x4.splat (f32.const -1e15))))
    (f32x4.mul (local.get $values) (local.get $factors)))

  ;; Even samples become real parts, odd ones imaginary parts, at the places where the transform begins. Four samples of each
  ;; window are read at once, and become four vectors with one of each window.
  (func $reorder (param $samples i32) (param $hopBytes i32) (param $factors i32) (param $order i32) (param $orderEnd i32)
    (local $at i32) (local $place i32) (local $factor v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $low v128) (local $high v128)
    (loop $each
      (local.set $factor (v128.load (local.get $factors)))
      (local.set $at (local.get $samples))
      (local.set $a (call $samples (local.get $at) (local.get $factor)))
      (local.set $at (i32.add (local.get $at) (local.get $hopBytes)))
      (local.set $b (call $samples (local.get $at) (local.get $factor)))
      (local.set $at (i32.add (local.get $at) (local.get $hopBytes)))
      (local.set $c (call $samples (local.get $at) (local.get $factor)))
      (local.set $at (i32.add (local.get $at) (local.get $hopBytes)))
      (local.set $d (call $samples (local.get $at) (local.get $factor)))
      (local.set $low (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
      (local.set $high (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
      (local.set $place (i32.load (local.get $order)))
      (v128.store (local.get $place)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $low) (local.get $high)))
      (v128.store offset=16 (local.get $place)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $low) (local.get $high)))
      (local.set $low (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b)))
      (local.set $high (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d)))
      (local.set $place (i32.load offset=4 (local.get $order)))
      (v128.store (local.get $place)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $low) (local.get $high)))
      (v128.store offset=16 (local.get $place)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $low) (local.get $high)))
      (local.set $samples (i32.add (local.get $samples) (i32.const 16)))
      (local.set $factors (i32.add (local.get $factors) (i32.const 16)))
      (local.set $order (i32.add (local.get $order) (i32.const 8)))
      (br_if $each (i32.lt_u (local.get $order) (local.get $orderEnd)))))

  ;; A complex transform in place, decimated in time. $turns holds e^(−2πik / length) for k below half the length.
  (func $transform (param $work i32) (param $workEnd i32) (param $turns i32) (param $turnsEnd i32)
    (local $half i32) (local $turn i32) (local $turnStep i32) (local $first i32) (local $low i32) (local $high i32)
    (local $cosine v128) (local $sine v128) (local $real v128) (local $imaginary v128)
    (local $lowReal v128) (local $lowImaginary v128) (local $highReal v128) (local $highImaginary v128)
    (local.set $half (i32.const 32))
    (local.set $turnStep (i32.sub (local.get $turnsEnd) (local.get $turns)))
    (loop $stages
      (local.set $turn (local.get $turns))
      (local.set $first (local.get $work))
      (loop $turnsOfStage
        (local.set $cosine (v128.load32_splat (local.get $turn)))
        (local.set $sine (v128.load32_splat offset=4 (local.get $turn)))
        (local.set $low (local.get $first))
        (loop $butterflies
          (local.set $high (i32.add (local.get $low) (local.get $half)))
          (local.set $highReal (v128.load (local.get $high)))
          (local.set $highImaginary (v128.load offset=16 (local.get $high)))
          (local.set $lowReal (v128.load (local.get $low)))
          (local.set $lowImaginary (v128.load offset=16 (local.get $low)))
          (local.set $real (f32x4.sub
            (f32x4.mul (local.get $highReal) (local.get $cosine)) (f32x4.mul (local.get $highImaginary) (local.get $sine))))
          (local.set $imaginary (f32x4.add
            (f32x4.mul (local.get $highReal) (local.get $sine)) (f32x4.mul (local.get $highImaginary) (local.get $cosine))))
          (v128.store (local.get $low) (f32x4.add (local.get $lowReal) (local.get $real)))
          (v128.store offset=16 (local.get $low) (f32x4.add (local.get $lowImaginary) (local.get $imaginary)))
          (v128.store (local.get $high) (f32x4.sub (local.get $lowReal) (local.get $real)))
          (v128.store offset=16 (local.get $high) (f32x4.sub (local.get $lowImaginary) (local.get $imaginary)))
          (local.set $low (i32.add (local.get $high) (local.get $half)))
          (br_if $butterflies (i32.lt_u (local.get $low) (local.get $workEnd))))
        (local.set $turn (i32.add (local.get $turn) (local.get $turnStep)))
        (local.set $first (i32.add (local.get $first) (i32.const 32)))
        (br_if $turnsOfStage (i32.lt_u (local.get $turn) (local.get $turnsEnd))))
      (local.set $turnStep (i32.shr_u (local.get $turnStep) (i32.const 1)))
      (local.set $half (i32.shl (local.get $half) (i32.const 1)))
      (br_if $stages (i32.lt_u (i32.add (local.get $work) (local.get $half)) (local.get $workEnd)))))

  (func $square (param $real v128) (param $imaginary v128) (result v128)
    (f32x4.add
      (f32x4.mul (local.get $real) (local.get $real)) (f32x4.mul (local.get $imaginary) (local.get $imaginary))))

  ;; Splits the transform into those of even and odd samples, and joins them (power-spectrum.ts). $turns holds
  ;; e^(−2πik / size) from k = 1 on.
  (func $powers (param $work i32) (param $workEnd i32) (param $turns i32) (param $power i32)
    (local $high i32) (local $highPower i32) (local $half v128) (local $cosine v128) (local $sine v128)
    (local $lowReal v128) (local $lowImaginary v128) (local $highReal v128) (local $highImaginary v128)
    (local $evenReal v128) (local $evenImaginary v128) (local $oddReal v128) (local $oddImaginary v128)
    (local $turnedReal v128) (local $turnedImaginary v128) (local $none v128)
    (local.set $half (f32x4.splat (f32.const 0.5)))
    ;; A value of $work has 32 bytes, one of $power has 16.
    (local.set $highPower (i32.add (local.get $power)
      (i32.shr_u (i32.sub (local.get $workEnd) (local.get $work)) (i32.const 1))))
    (local.set $high (local.get $workEnd))
    (local.set $lowReal (v128.load (local.get $work)))
    (local.set $lowImaginary (v128.load offset=16 (local.get $work)))
    (v128.store (local.get $power)
      (call $square (f32x4.add (local.get $lowReal) (local.get $lowImaginary)) (local.get $none)))
    (v128.store (local.get $highPower)
      (call $square (f32x4.sub (local.get $lowReal) (local.get $lowImaginary)) (local.get $none)))
    (loop $bins
      (local.set $work (i32.add (local.get $work) (i32.const 32)))
      (local.set $high (i32.sub (local.get $high) (i32.const 32)))
      (local.set $power (i32.add (local.get $power) (i32.const 16)))
      (local.set $highPower (i32.sub (local.get $highPower) (i32.const 16)))
      (local.set $lowReal (f32x4.mul (local.get $half) (v128.load (local.get $work))))
      (local.set $lowImaginary (f32x4.mul (local.get $half) (v128.load offset=16 (local.get $work))))
      (local.set $highReal (f32x4.mul (local.get $half) (v128.load (local.get $high))))
      (local.set $highImaginary (f32x4.mul (local.get $half) (v128.load offset=16 (local.get $high))))
      (local.set $evenReal (f32x4.add (local.get $lowReal) (local.get $highReal)))
      (local.set $evenImaginary (f32x4.sub (local.get $lowImaginary) (local.get $highImaginary)))
      (local.set $oddReal (f32x4.add (local.get $lowImaginary) (local.get $highImaginary)))
      (local.set $oddImaginary (f32x4.sub (local.get $highReal) (local.get $lowReal)))
      (local.set $cosine (v128.load32_splat (local.get $turns)))
      (local.set $sine (v128.load32_splat offset=4 (local.get $turns)))
      (local.set $turnedReal (f32x4.sub
        (f32x4.mul (local.get $oddReal) (local.get $cosine)) (f32x4.mul (local.get $oddImaginary) (local.get $sine))))
      (local.set $turnedImaginary (f32x4.add
        (f32x4.mul (local.get $oddReal) (local.get $sine)) (f32x4.mul (local.get $oddImaginary) (local.get $cosine))))
      (v128.store (local.get $power) (call $square
        (f32x4.add (local.get $evenReal) (local.get $turnedReal))
        (f32x4.add (local.get $evenImaginary) (local.get $turnedImaginary))))
      (v128.store (local.get $highPower) (call $square
        (f32x4.sub (local.get $evenReal) (local.get $turnedReal))
        (f32x4.sub (local.get $evenImaginary) (local.get $turnedImaginary))))
      (local.set $turns (i32.add (local.get $turns) (i32.const 8)))
      (br_if $bins (i32.lt_u (local.get $work) (i32.sub (local.get $high) (i32.const 32))))))

  ;; Natural logarithms of positive numbers, as musl's logf computes them: x = 2^e · (1 + f), ln (1 + f) from s = f / (2 + f).
  (func $logarithm (param $x v128) (result v128)
    (local $e v128) (local $f v128) (local $s v128) (local $z v128) (local $w v128) (local $half v128)
    (local.set $x (i32x4.sub (local.get $x) (i32x4.splat (i32.const 0x3f3504f3))))
    (local.set $e (f32x4.convert_i32x4_s (i32x4.shr_s (local.get $x) (i32.const 23))))
    ;; 1 + f lies between the roots of 1/2 and 2.
    (local.set $f (f32x4.sub
      (i32x4.add (v128.and (local.get $x) (i32x4.splat (i32.const 0x7fffff))) (i32x4.splat (i32.const 0x3f3504f3)))
      (f32x4.splat (f32.const 1))))
    (local.set $s (f32x4.div (local.get $f) (f32x4.add (local.get $f) (f32x4.splat (f32.const 2)))))
    (local.set $z (f32x4.mul (local.get $s) (local.get $s)))
    (local.set $w (f32x4.mul (local.get $z) (local.get $z)))
    (local.set $half (f32x4.mul (f32x4.splat (f32.const 0.5)) (f32x4.mul (local.get $f) (local.get $f))))
    (f32x4.add
      (f32x4.add
        (f32x4.sub
          (f32x4.add
            (f32x4.mul (local.get $s) (f32x4.add (local.get $half) (f32x4.add
              (f32x4.mul (local.get $z) (f32x4.add (f32x4.splat (f32.const 0.66666662693))
                (f32x4.mul (local.get $w) (f32x4.splat (f32.const 0.28498786688)))))
              (f32x4.mul (local.get $w) (f32x4.add (f32x4.splat (f32.const 0.40000972152))
                (f32x4.mul (local.get $w) (f32x4.splat (f32.const 0.24279078841))))))))
            (f32x4.mul (local.get $e) (f32x4.splat (f32.const 9.0580006145e-6))))
          (local.get $half))
        (local.get $f))
      (f32x4.mul (local.get $e) (f32x4.splat (f32.const 0.69313812256)))))

  ;; A band is two numbers: where its first bin's power lies, and where its weights end. Its value in each column is
  ;; that of silence, and $scale times how far ln (power + $floor) lies above ln $floor. Columns lie $columnBytes apart.
  (func $bands (param $weights i32) (param $band i32) (param $bandsEnd i32) (param $result i32) (param $columnBytes i32)
    (param $floor f32) (param $scale f32) (param $silence f32)
    (local $lowest v128) (local $sum v128) (local $power i32) (local $weightsEnd i32) (local $at i32)
    (local.set $lowest (call $logarithm (f32x4.splat (local.get $floor))))
    (loop $each
      (local.set $power (i32.load (local.get $band)))
      (local.set $weightsEnd (i32.load offset=4 (local.get $band)))
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (loop $bins
        (local.set $sum (f32x4.add (local.get $sum)
          (f32x4.mul (v128.load32_splat (local.get $weights)) (v128.load (local.get $power)))))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (local.set $power (i32.add (local.get $power) (i32.const 16)))
        (br_if $bins (i32.lt_u (local.get $weights) (local.get $weightsEnd))))
      (local.set $sum (f32x4.add
        (f32x4.mul
          (f32x4.sub
            (call $logarithm (f32x4.add (local.get $sum) (f32x4.splat (local.get $floor)))) (local.get $lowest))
          (f32x4.splat (local.get $scale)))
        (f32x4.splat (local.get $silence))))
      (local.set $at (local.get $result))
      (v128.store32_lane 0 (local.get $at) (local.get $sum))
      (local.set $at (i32.add (local.get $at) (local.get $columnBytes)))
      (v128.store32_lane 1 (local.get $at) (local.get $sum))
      (local.set $at (i32.add (local.get $at) (local.get $columnBytes)))
      (v128.store32_lane 2 (local.get $at) (local.get $sum))
      (local.set $at (i32.add (local.get $at) (local.get $columnBytes)))
      (v128.store32_lane 3 (local.get $at) (local.get $sum))
      (local.set $result (i32.add (local.get $result) (i32.const 4)))
      (local.set $band (i32.add (local.get $band) (i32.const 8)))
      (br_if $each (i32.lt_u (local.get $band) (local.get $bandsEnd)))))

  (func (export "compute")
    (param $samples i32) (param $hopBytes i32) (param $factors i32) (param $order i32) (param $orderEnd i32)
    (param $turns i32) (param $turnsEnd i32) (param $splitTurns i32) (param $work i32) (param $workEnd i32)
    (param $power i32) (param $weights i32) (param $band i32) (param $bandsEnd i32) (param $result i32)
    (param $columnBytes i32) (param $floor f32) (param $scale f32) (param $silence f32)
    (call $reorder (local.get $samples) (local.get $hopBytes) (local.get $factors) (local.get $order)
      (local.get $orderEnd))
    (call $transform (local.get $work) (local.get $workEnd) (local.get $turns) (local.get $turnsEnd))
    (call $powers (local.get $work) (local.get $workEnd) (local.get $splitTurns) (local.get $power))
    (call $bands (local.get $weights) (local.get $band) (local.get $bandsEnd) (local.get $result) (local.get $columnBytes)
      (local.get $floor) (local.get $scale) (local.get $silence))))
