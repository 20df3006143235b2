;; Output samples of the resampler: each is the product of a row of the filter with as many input samples. Output samples
;; that are `parts` apart share a row, and their inputs lie `step` samples apart: five of them are computed together, so that
;; a row is read once for five products. The rest are computed one by one, by the same additions in the same order.
;; The rows are a multiple of eight values long. resample-kernel.ts holds what wabt makes of
;; this, in base64. Its test compares the two, and shows the new bytes if they differ.
(module
  (memory (export "memory") 1)

  (func $one (param $row i32) (param $rowEnd i32) (param $sample i32) (result f32)
    (local $a v128)
    (loop $taps
      (local.set $a (f32x4.add (local.get $a)
        (f32x4.mul (v128.load align=4 (local.get $sample)) (v128.load (local.get $row)))))
      (local.set $a (f32x4.add (local.get $a)
        (f32x4.mul (v128.load offset=16 align=4 (local.get $sample)) (v128.load offset=16 (local.get $row)))))
      (local.set $sample (i32.add (local.get $sample) (i32.const 32)))
      (local.set $row (i32.add (local.get $row) (i32.const 32)))
      (br_if $taps (i32.lt_u (local.get $row) (local.get $rowEnd))))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
      (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))

  ;; Five output samples, `outputStep` bytes apart, whose inputs are `inputStep` bytes apart. Neither six sums nor two for each
  ;; of four fit the registers that the compilers of browsers use; a call behind the loop would cost all of them.
  (func $five
    (param $row i32) (param $rowEnd i32) (param $sample i32) (param $inputStep i32) (param $output i32) (param $outputStep i32)
    (local $second i32) (local $third i32) (local $fourth i32) (local $fifth i32) (local $w v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128)
    (local.set $second (i32.add (local.get $sample) (local.get $inputStep)))
    (local.set $third (i32.add (local.get $second) (local.get $inputStep)))
    (local.set $fourth (i32.add (local.get $third) (local.get $inputStep)))
    (local.set $fifth (i32.add (local.get $fourth) (local.get $inputStep)))
    (loop $taps
      (local.set $w (v128.load (local.get $row)))
      (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $w) (v128.load align=4 (local.get $sample)))))
      (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $w) (v128.load align=4 (local.get $second)))))
      (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $w) (v128.load align=4 (local.get $third)))))
      (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $w) (v128.load align=4 (local.get $fourth)))))
      (local.set $e (f32x4.add (local.get $e) (f32x4.mul (local.get $w) (v128.load align=4 (local.get $fifth)))))
      (local.set $w (v128.load offset=16 (local.get $row)))
      (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $w) (v128.load offset=16 align=4 (local.get $sample)))))
      (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $w) (v128.load offset=16 align=4 (local.get $second)))))
      (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $w) (v128.load offset=16 align=4 (local.get $third)))))
      (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $w) (v128.load offset=16 align=4 (local.get $fourth)))))
      (local.set $e (f32x4.add (local.get $e) (f32x4.mul (local.get $w) (v128.load offset=16 align=4 (local.get $fifth)))))
      (local.set $sample (i32.add (local.get $sample) (i32.const 32)))
      (local.set $second (i32.add (local.get $second) (i32.const 32)))
      (local.set $third (i32.add (local.get $third) (i32.const 32)))
      (local.set $fourth (i32.add (local.get $fourth) (i32.const 32)))
      (local.set $fifth (i32.add (local.get $fifth) (i32.const 32)))
      (local.set $row (i32.add (local.get $row) (i32.const 32)))
      (br_if $taps (i32.lt_u (local.get $row) (local.get $rowEnd))))
    (f32.store (local.get $output) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
      (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
    (local.set $output (i32.add (local.get $output) (local.get $outputStep)))
    (f32.store (local.get $output) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $b)) (f32x4.extract_lane 1 (local.get $b)))
      (f32.add (f32x4.extract_lane 2 (local.get $b)) (f32x4.extract_lane 3 (local.get $b)))))
    (local.set $output (i32.add (local.get $output) (local.get $outputStep)))
    (f32.store (local.get $output) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $c)) (f32x4.extract_lane 1 (local.get $c)))
      (f32.add (f32x4.extract_lane 2 (local.get $c)) (f32x4.extract_lane 3 (local.get $c)))))
    (local.set $output (i32.add (local.get $output) (local.get $outputStep)))
    (f32.store (local.get $output) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $d)) (f32x4.extract_lane 1 (local.get $d)))
      (f32.add (f32x4.extract_lane 2 (local.get $d)) (f32x4.extract_lane 3 (local.get $d)))))
    (local.set $output (i32.add (local.get $output) (local.get $outputStep)))
    (f32.store (local.get $output) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $e)) (f32x4.extract_lane 1 (local.get $e)))
      (f32.add (f32x4.extract_lane 2 (local.get $e)) (f32x4.extract_lane 3 (local.get $e))))))

  ;; From one output sample to the next it is `step` parts of an input sample.
  (func (export "convert")
    (param $rows i32) (param $rowBytes i32) (param $input i32) (param $output i32) (param $outputEnd i32)
    (param $part i32) (param $parts i32) (param $step i32)
    (local $row i32) (local $rowEnd i32) (local $sample i32) (local $at i32) (local $lastAt i32) (local $firstEnd i32)
    (local $inputStep i32) (local $outputStep i32) (local $wholeStepBytes i32) (local $partStep i32)
    (local.set $inputStep (i32.shl (local.get $step) (i32.const 2)))
    (local.set $outputStep (i32.shl (local.get $parts) (i32.const 2)))
    (local.set $wholeStepBytes (i32.shl (i32.div_u (local.get $step) (local.get $parts)) (i32.const 2)))
    (local.set $partStep (i32.rem_u (local.get $step) (local.get $parts)))
    ;; The first output sample of each row.
    (local.set $firstEnd (i32.add (local.get $output) (local.get $outputStep)))
    (if (i32.gt_u (local.get $firstEnd) (local.get $outputEnd)) (then (local.set $firstEnd (local.get $outputEnd))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $output) (local.get $firstEnd)))
        (local.set $row (i32.add (local.get $rows) (i32.mul (local.get $part) (local.get $rowBytes))))
        (local.set $rowEnd (i32.add (local.get $row) (local.get $rowBytes)))
        (local.set $sample (local.get $input))
        (local.set $at (local.get $output))
        (block $few
          (loop $fives
            (local.set $lastAt (i32.add (local.get $at) (i32.shl (local.get $outputStep) (i32.const 2))))
            (br_if $few (i32.ge_u (local.get $lastAt) (local.get $outputEnd)))
            (call $five (local.get $row) (local.get $rowEnd) (local.get $sample) (local.get $inputStep)
              (local.get $at) (local.get $outputStep))
            (local.set $sample (i32.add (local.get $sample) (i32.mul (local.get $inputStep) (i32.const 5))))
            (local.set $at (i32.add (local.get $lastAt) (local.get $outputStep)))
            (br $fives)))
        (block $none
          (loop $ones
            (br_if $none (i32.ge_u (local.get $at) (local.get $outputEnd)))
            (f32.store (local.get $at) (call $one (local.get $row) (local.get $rowEnd) (local.get $sample)))
            (local.set $sample (i32.add (local.get $sample) (local.get $inputStep)))
            (local.set $at (i32.add (local.get $at) (local.get $outputStep)))
            (br $ones)))
        (local.set $output (i32.add (local.get $output) (i32.const 4)))
        (local.set $input (i32.add (local.get $input) (local.get $wholeStepBytes)))
        (local.set $part (i32.add (local.get $part) (local.get $partStep)))
        (if (i32.ge_u (local.get $part) (local.get $parts))
          (then
            (local.set $part (i32.sub (local.get $part) (local.get $parts)))
            (local.set $input (i32.add (local.get $input) (i32.const 4)))))
        (br $each)))))
