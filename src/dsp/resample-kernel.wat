;; Output samples of the resampler: each is the product of a row of the filter with as many input samples.
;; The rows are a multiple of sixteen values long. resample-kernel.ts holds what wabt makes of
;; this, in base64. Its test compares the two, and shows the new bytes if they differ.
(module
  (memory (export "memory") 1)
  (func (export "convert")
    (param $rows i32) (param $rowBytes i32) (param $input i32) (param $output i32) (param $outputEnd i32)
    (param $part i32) (param $parts i32) (param $wholeStepBytes i32) (param $partStep i32)
    (local $row i32) (local $rowEnd i32) (local $sample i32) 
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $output) (local.get $outputEnd)))
        (local.set $row (i32.add (local.get $rows) (i32.mul (local.get $part) (local.get $rowBytes))))
        (local.set $rowEnd (i32.add (local.get $row) (local.get $rowBytes)))
        (local.set $sample (local.get $input))
        (local.set $sum0 (v128.const f32x4 0 0 0 0))
        (local.set $sum1 (v128.const f32x4 0 0 0 0))
        (local.set $sum2 (v128.const f32x4 0 0 0 0))
        (local.set $sum3 (v128.const f32x4 0 0 0 0))
        ;; Four sums, because each addition waits for the previous one.
        (loop $taps
          (local.set $sum0 (f32x4.add (local.get $sum0)
            (f32x4.mul (v128.load align=4 (local.get $sample)) (v128.load (local.get $row)))))
          (local.set $sum1 (f32x4.add (local.get $sum1)
            (f32x4.mul (v128.load offset=16 align=4 (local.get $sample)) (v128.load offset=16 (local.get $row)))))
          (local.set $sum2 (f32x4.add (local.get $sum2)
            (f32x4.mul (v128.load offset=32 align=4 (local.get $sample)) (v128.load offset=32 (local.get $row)))))
          (local.set $sum3 (f32x4.add (local.get $sum3)
            (f32x4.mul (v128.load offset=48 align=4 (local.get $sample)) (v128.load offset=48 (local.get $row)))))
          (local.set $sample (i32.add (local.get $sample) (i32.const 64)))
          (local.set $row (i32.add (local.get $row) (i32.const 64)))
          (br_if $taps (i32.lt_u (local.get $row) (local.get $rowEnd))))
        (local.set $sum0 (f32x4.add
          (f32x4.add (local.get $sum0) (local.get $sum1)) (f32x4.add (local.get $sum2) (local.get $sum3))))
        (f32.store (local.get $output)
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $sum0)) (f32x4.extract_lane 1 (local.get $sum0)))
            (f32.add (f32x4.extract_lane 2 (local.get $sum0)) (f32x4.extract_lane 3 (local.get $sum0)))))
        (local.set $output (i32.add (local.get $output) (i32.const 4)))
        (local.set $input (i32.add (local.get $input) (local.get $wholeStepBytes)))
        (local.set $part (i32.add (local.get $part) (local.get $partStep)))
        (if (i32.ge_u (local.get $part) (local.get $parts))
          (then
            (local.set $part (i32.sub (local.get $part) (local.get $parts)))
            (local.set $input (i32.add (local.get $input) (i32.const 4)))))
        (br $each)))))
